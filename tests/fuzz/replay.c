/* Gives a harness each file that is named, without a fuzzer: replay FILE... */
#include "fuzz.h"

#include <stdio.h>

enum { SIZE = 1 << 20 };

int main(int count, char **words)
{
    uint8_t *bytes = malloc(SIZE);
    require(bytes);
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(words[i], "rb");
        if (!file) {
            perror(words[i]);
            return 1;
        }
        const size_t size = fread(bytes, 1, SIZE, file);
        fclose(file);
        uint8_t *data = malloc(size ? size : 1); /* as long as it is, so that a look beyond it is seen */
        require(data);
        memcpy(data, bytes, size);
        require(LLVMFuzzerTestOneInput(data, size) == 0);
        free(data);
    }
    free(bytes);
    printf("%d inputs\n", count - 1);
    return count > 1 ? 0 : 1;
}
