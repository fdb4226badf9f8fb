#include "scan.h"

#include "base/arena.h"
#include "base/base_internal.h"
#include "tree.h"

#include <pilot/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEMBERS_MAX = 4096,
    KEYS_MAX = 2 * MEMBERS_MAX, /* of all open objects together */
    KEY_BYTES = 2,              /* that a key has at least, with its quotes */
    PAIRWISE_MAX = 64,          /* members of an object whose keys are compared as they are read */
    HASHED_MAX = 64,            /* bytes of a key */
    DIGITS_MAX = 15,            /* a double gives so many back unchanged */
    NUMBER_MAX = 60,            /* cJSON cuts what exceeds 63 */
    BETWEEN_STOPS = 1 << 16,    /* bytes, between two times that a stop is asked */
};

_Static_assert(PILOT_JSON_DEPTH_MAX == 32, "messages name this number, and those above");

enum { SPACE = 1, DIGIT = 2, PLAIN = 4, WORD = 8 }; /* PLAIN: stands for itself in a string */
enum { P = PLAIN, B = SPACE | PLAIN, D = DIGIT | PLAIN | WORD, W = PLAIN | WORD };

static const uint8_t classes[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, /* tab, line feed, carriage return */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /**/
    B, P, 0, P, P, P, P, P, P, P, P, W, P, W, W, P, /*  !"#$%&'()*+,-./ */
    D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P, /* 0123456789:;<=>? */
    P, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, /* @ABCDEFGHIJKLMNO */
    W, W, W, W, W, W, W, W, W, W, W, P, 0, P, P, W, /* PQRSTUVWXYZ[\]^_ */
    P, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, /* `abcdefghijklmno */
    W, W, W, W, W, W, W, W, W, W, W, P, P, P, P, P, /* pqrstuvwxyz{|}~ */
};

typedef enum failure_form {
    EXPECTED, /* "expected <said>, found <what is there>" */
    FOUND,    /* "<what is there> <said>" */
    BYTE,     /* "the byte 0xNN <said>" */
    SENTENCE, /* "<said>" */
    TOLD,     /* by who was given a part of it */
    REPEATED, /* "<key> is already a key of this object, on line <of first>" */
} failure_form;

typedef struct failure {
    pilot_status status;
    failure_form form;
    pilot_phrase said;
    const uint8_t *at;
    size_t length;        /* FOUND, REPEATED: of what is there */
    const uint8_t *first; /* REPEATED */
} failure;

/* A list or an object that a place lies in. */
typedef struct level {
    bool list;
    size_t index;       /* of the list's item */
    const uint8_t *key; /* the object's; NULL: between two members */
} level;

/* How far the text has been looked over for what its places lie in. */
typedef struct outline {
    level levels[PILOT_JSON_DEPTH_MAX];
    size_t depth;
    const uint8_t *at;
    json_lines lines;
} outline;

typedef struct key {
    uint32_t hash;
    uint32_t offset; /* of the opening quote */
} key;

/* keys is a stack: an object's keys lie on top of those of the objects around it and leave when it
 * closes, so that an object's own are always together. */
typedef struct scanner {
    const uint8_t *text;
    const uint8_t *end;
    const pilot_stop *stop;
    const json_parts *parts; /* NULL: the text is only looked over */
    const uint8_t *ask;      /* no value that begins before it asks the stop */
    arena nodes;             /* of the tree of the part that is being read */
    failure failure;
    outline outline; /* up to the failure told last */
    int depth;
    bool escaped; /* the string read last has an escape */
    bool refused; /* the number read last, and the scan goes on */
    size_t key_count;
    key keys[]; /* KEYS_MAX, or as many as the text can have */
} scanner;

typedef struct object {
    size_t first_key;
    uint64_t hashes; /* bit n: one of its keys has a hash that ends in n */
} object;

static const uint8_t *fail(scanner *s, failure reason)
{
    s->failure = reason;
    return NULL;
}

static const uint8_t *fail_found(scanner *s, const uint8_t *at, const uint8_t *end, pilot_status status,
                                 pilot_phrase said)
{
    return fail(s, (failure){status, FOUND, said, at, (size_t)(end - at), NULL});
}

static size_t character_length(const uint8_t *at, const uint8_t *end)
{
    return pilot_utf8_length((const char *)at, (size_t)(end - at));
}

/* Whether the text ends within a character that could still be good: every lead byte takes 80 or BF as
 * its second. */
static bool cut_short(const uint8_t *at, const uint8_t *end)
{
    char low[4] = "\x80\x80\x80", high[4] = "\xBF\xBF\xBF";
    size_t left = (size_t)(end - at);
    if (left >= sizeof low)
        return false;
    memcpy(low, at, left);
    memcpy(high, at, left);
    low[3] = high[3] = '\x80';
    return pilot_utf8_length(low, sizeof low) > left || pilot_utf8_length(high, sizeof high) > left;
}

/* Refuses a byte that may stand nowhere; false where it is none. */
static bool refuse_byte(scanner *s, const uint8_t *at)
{
    static const pilot_phrase not_utf8 = {"不是UTF-8：请把文件存为UTF-8编码",
                                          "is not UTF-8: save the text as UTF-8"};
    static const pilot_phrase rest = {"字符的其余部分", "the rest of a character"};
    failure reason = {PILOT_ERROR_ENCODING, BYTE, not_utf8, at, 0, NULL};
    if (at == s->end || (*at != '\0' && character_length(at, s->end) > 0))
        return false;
    if (*at != '\0' && cut_short(at, s->end))
        reason = (failure){PILOT_ERROR_SYNTAX, EXPECTED, rest, s->end, 0, NULL};
    (void)fail(s, reason);
    return true;
}

static const uint8_t *fail_expected(scanner *s, const uint8_t *at, pilot_phrase wanted)
{
    if (refuse_byte(s, at))
        return NULL;
    return fail(s, (failure){PILOT_ERROR_SYNTAX, EXPECTED, wanted, at, 0, NULL});
}

/* Eight bytes as one number, the first one lowest; compilers make one load of it. */
static inline uint64_t load_8(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

static inline uint64_t load_4(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* flags: bit 7 of some bytes, not 0. Which byte is the lowest: the ones below it are counted. */
static inline size_t lowest_flag(uint64_t flags)
{
    return (size_t)(((((flags & (0 - flags)) >> 7) - 1) & EACH(1)) * EACH(1) >> 56);
}

/* The first byte that is not PLAIN. A byte's flag is its bit 7, raised by a subtraction that goes below
 * 0; the borrow falsifies only flags above the lowest, the one that counts. */
static inline const uint8_t *skip_plain(const uint8_t *at, const uint8_t *end)
{
    for (; end - at >= 8; at += 8) {
        uint64_t bytes = load_8(at);
        uint64_t flags = bytes | (bytes - EACH(0x20)) | ((bytes ^ EACH('"')) - EACH(1)) |
                         ((bytes ^ EACH('\\')) - EACH(1));
        flags &= EACH(0x80);
        if (flags != 0)
            return at + lowest_flag(flags);
    }
    while (at < end && classes[*at] & PLAIN)
        at++;
    return at;
}

static inline const uint8_t *skip_blanks(const uint8_t *at, const uint8_t *end)
{
    for (; end - at >= 8; at += 8) {
        uint64_t other = load_8(at) ^ EACH(' ');
        uint64_t flags = ((other + EACH(0x7F)) | other) & EACH(0x80);
        if (flags != 0)
            return at + lowest_flag(flags);
    }
    return at;
}

static inline const uint8_t *skip_space(const uint8_t *at, const uint8_t *end)
{
    while (at < end && classes[*at] & SPACE) {
        at++;
        if (at < end && *at == ' ') /* not the one after a colon or comma */
            at = skip_blanks(at, end);
    }
    return at;
}

/* at: the opening quote. Returns what follows the closing one; NULL where stop comes before it. */
static const uint8_t *skip_string(const uint8_t *at, const uint8_t *stop)
{
    for (at = skip_plain(at + 1, stop); at < stop; at = skip_plain(at + 1, stop)) {
        if (*at == '"')
            return at + 1;
        if (*at == '\\' && ++at == stop)
            break;
    }
    return NULL;
}

static inline const uint8_t *skip_digits(const uint8_t *at, const uint8_t *end)
{
    while (at < end && classes[*at] & DIGIT)
        at++;
    return at;
}

static inline bool continues(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

static const uint8_t *scan_characters(scanner *s, const uint8_t *at)
{
    while (at < s->end && *at >= 0x80) {
        /* E1 to EC: most of what is not ASCII, Chinese above all, and any two bytes may follow. */
        bool common =
            *at >= 0xE1 && *at <= 0xEC && s->end - at >= 3 && continues(at[1]) && continues(at[2]);
        size_t length = common ? 3 : character_length(at, s->end);
        if (length == 0) {
            (void)refuse_byte(s, at);
            return NULL;
        }
        at += length;
    }
    return at;
}

static int hex_value(uint8_t digit)
{
    if (classes[digit] & DIGIT)
        return digit - '0';
    uint8_t lower = digit | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* at: four hexadecimal digits. */
static uint32_t code_unit(const uint8_t *at)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++)
        unit = unit * 16 + (uint32_t)hex_value(at[i]);
    return unit;
}

static bool is_surrogate(uint32_t unit, uint32_t first)
{
    return (unit & 0xFC00) == first;
}

enum { HIGH_SURROGATE = 0xD800, LOW_SURROGATE = 0xDC00, UNIT_LENGTH = 6 };

/* at: a backslash, perhaps; end: the first byte that does not belong in an escape. */
static const uint8_t *fail_escape(scanner *s, const uint8_t *at, const uint8_t *end, pilot_phrase said)
{
    if (end == s->end)
        return fail_expected(s, end, (pilot_phrase){"转义符的其余部分", "the rest of an escape"});
    if (refuse_byte(s, end))
        return NULL;
    return fail_found(s, at, end + character_length(end, s->end), PILOT_ERROR_SYNTAX, said);
}

/* One \uNNNN, whatever its value. */
static const uint8_t *scan_unit(scanner *s, const uint8_t *at)
{
    for (int i = 0; i < UNIT_LENGTH; i++)
        if (at + i == s->end || (i < 2 ? at[i] != "\\u"[i] : hex_value(at[i]) < 0))
            return fail_escape(
                s, at, at + i,
                (pilot_phrase){"不是转义符：“\\u”后面应有四位十六进制数字",
                               "is not an escape: \"\\u\" is followed by four hexadecimal digits"});
    return at + UNIT_LENGTH;
}

/* start: the first half of a pair of surrogates; at: what follows it. */
static const uint8_t *scan_second_half(scanner *s, const uint8_t *start, const uint8_t *at)
{
    const uint8_t *next = at;
    size_t left = (size_t)(s->end - at);
    if ((left == 0 || at[0] == '\\') && (left < 2 || at[1] == 'u')) {
        next = scan_unit(s, at);
        if (!next || is_surrogate(code_unit(at + 2), LOW_SURROGATE))
            return next;
    }
    return fail_found(
        s, start, next, PILOT_ERROR_SYNTAX,
        (pilot_phrase){"只是半个字符：请补上另一半，或直接写该字符",
                       "is half of a character: write the other half, or the character itself"});
}

static const uint8_t *scan_unicode(scanner *s, const uint8_t *start)
{
    const uint8_t *at = scan_unit(s, start);
    if (!at)
        return NULL;
    uint32_t unit = code_unit(start + 2);
    if (is_surrogate(unit, HIGH_SURROGATE))
        return scan_second_half(s, start, at);
    if (unit == 0)
        return fail_found(
            s, start, at, PILOT_ERROR_SYNTAX,
            (pilot_phrase){"是空字符（NUL），无法保存", "is a NUL character, which cannot be kept"});
    if (is_surrogate(unit, LOW_SURROGATE))
        return fail_found(
            s, start, at, PILOT_ERROR_SYNTAX,
            (pilot_phrase){"是字符的后一半：前面应写前一半",
                           "is the second half of a character: write the first before it"});
    return at;
}

/* What the letter after a backslash stands for; 0 where it is none. */
static uint8_t unescaped(uint8_t letter)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    return found ? (uint8_t)meanings[found - letters] : 0;
}

static const uint8_t *scan_escape(scanner *s, const uint8_t *at)
{
    s->escaped = true;
    if (at + 1 < s->end && at[1] == 'u')
        return scan_unicode(s, at);
    if (at + 1 < s->end && unescaped(at[1]) != 0)
        return at + 2;
    return fail_escape(s, at, at + 1,
                       (pilot_phrase){"不是转义符：反斜杠应写作“\\\\”",
                                      "is not an escape: write \"\\\\\" for a backslash"});
}

static const uint8_t *fail_control(scanner *s, const uint8_t *at)
{
    static const pilot_phrase control = {
        "是控制字符：应写成转义符，例如“\\u001f”",
        "is a control character: write it as an escape, such as \"\\u001f\""};
    static const pilot_phrase line_break = {
        "是字符串中的换行：应在它前面写引号，或改写为“\\n”",
        "is a line break within a string: write a quote before it, or \"\\n\" in its place"};
    static const pilot_phrase tab = {"是字符串中的制表符：应改写为“\\t”",
                                     "is a tab within a string: write \"\\t\" in its place"};
    failure reason = {PILOT_ERROR_SYNTAX, BYTE, control, at, 0, NULL};
    if (refuse_byte(s, at))
        return NULL;
    if (*at == '\n' || *at == '\r')
        reason.said = line_break;
    if (*at == '\t')
        reason.said = tab;
    return fail(s, reason);
}

/* at: the opening quote. Returns what follows the closing one. */
static inline const uint8_t *scan_string(scanner *s, const uint8_t *at)
{
    s->escaped = false;
    for (at++;;) {
        at = skip_plain(at, s->end);
        if (at == s->end)
            return fail_expected(s, at,
                                 (pilot_phrase){"字符串末尾的双引号", "the string's closing quote"});
        if (*at == '"')
            return at + 1;
        at = *at == '\\'  ? scan_escape(s, at)
             : *at < 0x80 ? fail_control(s, at)
                          : scan_characters(s, at);
        if (!at)
            return NULL;
    }
}

/* The rules beyond JSON's for a number that keeps its value. */
static const uint8_t *check_number(scanner *s, const uint8_t *start, const uint8_t *end, bool exponent)
{
    if (end == s->end && s->depth > 0)
        return end; /* cut off, as the list or object will find */
    if (exponent)
        return fail_found(s, start, end, PILOT_ERROR_FORMAT,
                          (pilot_phrase){"带有指数：应写1000而不写1e3，或写成字符串",
                                         "has an exponent: write 1000 rather than 1e3, or a string"});
    int digits = 0;
    for (const uint8_t *at = start; at < end; at++)
        if (classes[*at] & DIGIT && (digits > 0 || *at != '0'))
            digits++;
    if (digits == 0 && *start == '-')
        return fail_found(s, start, end, PILOT_ERROR_FORMAT,
                          (pilot_phrase){"是带负号的零：应写0", "is a zero with a minus sign: write 0"});
    if (digits > DIGITS_MAX)
        return fail_found(
            s, start, end, PILOT_ERROR_PRECISION,
            (pilot_phrase){
                "超过15位数字，作为JSON数字可能失真：应写成字符串",
                "has more than 15 digits, which a JSON number may lose: write it as a string"});
    return end;
}

static const uint8_t *scan_exponent(scanner *s, const uint8_t *at)
{
    at++;
    if (at < s->end && (*at == '+' || *at == '-'))
        at++;
    const uint8_t *end = skip_digits(at, s->end);
    return end == at ? fail_expected(s, at, (pilot_phrase){"指数的数字", "a digit of the exponent"})
                     : end;
}

static const uint8_t *scan_fraction(scanner *s, const uint8_t *at)
{
    const uint8_t *end = skip_digits(at + 1, s->end);
    return end == at + 1
               ? fail_expected(s, end, (pilot_phrase){"小数点后的数字", "a digit after the point"})
               : end;
}

/* Whether the scan goes on after a failure, which is then told. */
static bool goes_on(scanner *s);

/* free_form: any JSON number will do. */
static inline const uint8_t *scan_number(scanner *s, const uint8_t *start, bool free_form)
{
    const uint8_t *whole = start + (*start == '-' ? 1 : 0), *at = skip_digits(whole, s->end);
    if (at == whole)
        return fail_expected(s, at, (pilot_phrase){"负号后的数字", "a digit after the minus sign"});
    if (*whole == '0' && at - whole > 1)
        return fail_found(
            s, start, at, PILOT_ERROR_SYNTAX,
            (pilot_phrase){"以零开头：应去掉开头的零", "begins with a zero: write it without"});
    if (at < s->end && *at == '.' && !(at = scan_fraction(s, at)))
        return NULL;
    bool exponent = at < s->end && (*at == 'e' || *at == 'E');
    if (exponent && !(at = scan_exponent(s, at)))
        return NULL;
    if (at - start > NUMBER_MAX)
        return fail_found(s, start, at, PILOT_ERROR_LIMIT,
                          (pilot_phrase){"超过60个字符：应写成字符串",
                                         "has more than 60 characters: write it as a string"});
    if (free_form || (whole == start && at - start <= DIGITS_MAX && !exponent) ||
        check_number(s, start, at, exponent))
        return at;
    s->refused = goes_on(s);
    return s->refused ? at : NULL;
}

static const uint8_t *scan_word(scanner *s, const uint8_t *at, const char *word)
{
    size_t length = strlen(word), left = (size_t)(s->end - at);
    if (memcmp(at, word, length < left ? length : left) != 0)
        return fail_expected(s, at, (pilot_phrase){"一个值", "a value"});
    return length > left ? fail_expected(s, s->end, (pilot_phrase){"一个值", "a value"}) : at + length;
}

static void put_character(uint32_t code, uint8_t character[4])
{
    if (code < 0x80) {
        character[0] = (uint8_t)code;
        return;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const uint8_t leads[] = {0, 0xC0, 0xE0, 0xF0};
    for (int i = more; i > 0; i--, code >>= 6)
        character[i] = (uint8_t)(0x80 | (code & 0x3F));
    character[0] = (uint8_t)(leads[more] | code);
}

/* at: a \uNNNN or a pair of them. */
static const uint8_t *read_unicode(const uint8_t *at, uint8_t character[4])
{
    uint32_t code = code_unit(at + 2);
    at += UNIT_LENGTH;
    if (is_surrogate(code, HIGH_SURROGATE)) {
        code = 0x10000 + ((code & 0x3FF) << 10) + (code_unit(at + 2) & 0x3FF);
        at += UNIT_LENGTH;
    }
    put_character(code, character);
    return at;
}

/* The next character of a good string, decoded, with zeros after it; only zeros at the closing quote. */
static const uint8_t *read_character(const uint8_t *at, uint8_t character[4])
{
    memset(character, 0, 4);
    if (*at == '"')
        return at;
    if (*at == '\\' && at[1] == 'u')
        return read_unicode(at, character);
    if (*at == '\\') {
        character[0] = unescaped(at[1]);
        return at + 2;
    }
    size_t length = *at < 0xC0 ? 1 : *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : 4;
    memcpy(character, at, length);
    return at + length;
}

/* Orders good strings by their decoded bytes. a, b: the opening quotes. */
static int compare_strings(const uint8_t *a, const uint8_t *b)
{
    for (a++, b++;;) {
        while (*a == *b && *a != '"' && *a != '\\')
            a++, b++;
        if (*a != '\\' && *b != '\\')
            return (*a == '"' ? 0 : *a) - (*b == '"' ? 0 : *b);
        uint8_t from_a[4], from_b[4];
        a = read_character(a, from_a);
        b = read_character(b, from_b);
        int order = memcmp(from_a, from_b, sizeof from_a);
        if (order != 0 || from_a[0] == '\0')
            return order;
    }
}

/* The first bytes of a key, decoded. */
typedef struct beginning {
    const uint8_t *bytes;
    size_t count; /* at most HASHED_MAX */
    uint8_t decoded[HASHED_MAX + 3];
} beginning;

/* at: the opening quote; end: what follows the closing one. */
static inline void read_beginning(beginning *b, const uint8_t *at, const uint8_t *end, bool escaped)
{
    b->bytes = at + 1;
    b->count = (size_t)(end - at) - 2;
    if (escaped) {
        b->bytes = b->decoded;
        b->count = 0;
        for (at++; *at != '"' && b->count < HASHED_MAX;) {
            uint8_t character[4];
            at = read_character(at, character);
            for (int i = 0; i < 4 && character[i] != '\0'; i++)
                b->decoded[b->count++] = character[i];
        }
    }
    if (b->count > HASHED_MAX)
        b->count = HASHED_MAX;
}

static inline uint64_t mix(uint64_t bits)
{
    bits *= UINT64_C(0x9E3779B97F4A7C15);
    return bits ^ bits >> 32;
}

/* Fast rather than hard to defeat: a text made of equal hashes costs time, but no more than
 * sorting its keys does. */
static inline uint32_t hash_of(const uint8_t *bytes, size_t count)
{
    uint64_t hash = mix(count), rest = 0;
    for (size_t i = 0; i + 8 < count; i += 8)
        hash = mix(hash ^ load_8(bytes + i));
    if (count >= 8)
        rest = load_8(bytes + count - 8);
    else if (count >= 4)
        rest = load_4(bytes) | load_4(bytes + count - 4) << 32;
    else if (count > 0)
        rest = (uint64_t)bytes[0] | (uint64_t)bytes[count / 2] << 8 | (uint64_t)bytes[count - 1] << 16;
    return (uint32_t)mix(hash ^ rest);
}

static const uint8_t *fail_repeated(scanner *s, uint32_t offset, uint32_t first)
{
    const uint8_t *at = s->text + offset, *end = skip_string(at, s->end);
    return fail(
        s, (failure){
               PILOT_ERROR_DUPLICATE_KEY, REPEATED, {"", ""}, at, (size_t)(end - at), s->text + first});
}

/* Where the object has the key already; NULL where it has not. */
static const key *find_earlier(const scanner *s, const object *o, key new_key)
{
    for (const key *k = s->keys + o->first_key; k < s->keys + s->key_count; k++)
        if (k->hash == new_key.hash &&
            compare_strings(s->text + k->offset, s->text + new_key.offset) == 0)
            return k;
    return NULL;
}

static bool refuse_member(scanner *s, const uint8_t *at, const uint8_t *end, size_t members)
{
    static const pilot_phrase own = {"超出成员数目：一个对象最多有4096个成员",
                                     "is one member too many: an object has at most 4096"};
    static const pilot_phrase all = {
        "超出成员数目：一个对象连同它外面的各层最多有8192个成员",
        "is one member too many: an object and those around it have at most 8192"};
    (void)fail_found(s, at, end, PILOT_ERROR_LIMIT, members < MEMBERS_MAX ? all : own);
    return false;
}

/* Keeps a key, and compares it with those before it unless the object has grown so large that sorting
 * them all in the end costs less. *repeated: it is passed over. */
static inline bool add_key(scanner *s, object *o, const uint8_t *at, const uint8_t *end, uint32_t hash,
                           bool *repeated)
{
    size_t members = s->key_count - o->first_key;
    if (members == MEMBERS_MAX || s->key_count == KEYS_MAX)
        return refuse_member(s, at, end, members);
    key added = {hash, (uint32_t)(at - s->text)};
    uint64_t bit = UINT64_C(1) << (hash & 63);
    const key *earlier = o->hashes & bit && members < PAIRWISE_MAX ? find_earlier(s, o, added) : NULL;
    *repeated = earlier;
    if (earlier) {
        (void)fail_repeated(s, added.offset, earlier->offset);
        return goes_on(s);
    }
    o->hashes |= bit;
    s->keys[s->key_count++] = added;
    return true;
}

static bool comes_before(const scanner *s, key a, key b)
{
    if (a.hash != b.hash)
        return a.hash < b.hash;
    int order = compare_strings(s->text + a.offset, s->text + b.offset);
    return order != 0 ? order < 0 : a.offset < b.offset;
}

static void sift_down(const scanner *s, key *keys, size_t root, size_t count)
{
    key sinking = keys[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && comes_before(s, keys[child], keys[child + 1]))
            child++;
        if (!comes_before(s, sinking, keys[child]))
            break;
        keys[root] = keys[child];
    }
    keys[root] = sinking;
}

/* Heapsort: no allocation, no recursion, and no order of keys or choice of hashes makes it slow. */
static void sort_keys(const scanner *s, key *keys, size_t count)
{
    for (size_t root = count / 2; root > 0; root--)
        sift_down(s, keys, root - 1, count);
    for (size_t last = count; last > 1; last--) {
        key largest = keys[0];
        keys[0] = keys[last - 1];
        keys[last - 1] = largest;
        sift_down(s, keys, 0, last - 1);
    }
}

/* Whether a repetition ends the scan. The one that comes first in the text is told. */
static bool refuse_repeated(scanner *s, key *keys, size_t count)
{
    const key *found = NULL;
    sort_keys(s, keys, count);
    for (size_t i = 1; i < count; i++)
        if (keys[i].hash == keys[i - 1].hash && (!found || keys[i].offset < found->offset) &&
            compare_strings(s->text + keys[i].offset, s->text + keys[i - 1].offset) == 0)
            found = &keys[i];
    if (found)
        (void)fail_repeated(s, found->offset, found[-1].offset);
    return found && !goes_on(s);
}

static bool descend(scanner *s, const uint8_t *at)
{
    if (++s->depth <= PILOT_JSON_DEPTH_MAX)
        return true;
    (void)fail_found(s, at, at + 1, PILOT_ERROR_LIMIT,
                     (pilot_phrase){"开始列表和对象的第33层：最多读32层",
                                    "opens a 33rd level of lists and objects: at most 32 are read"});
    return false;
}

/* at: the opening quote of a good string, end: what follows the closing one. NULL when memory runs out.
 */
static char *copy_string(scanner *s, const uint8_t *at, const uint8_t *end, bool escaped)
{
    char *copy = pilot_arena_text(&s->nodes, (size_t)(end - at) - 2), *to = copy;
    const uint8_t *from = at + 1;
    if (!copy)
        return NULL;
    if (!escaped)
        return memcpy(copy, from, (size_t)(end - from) - 1);
    while (*from != '"') {
        uint8_t character[4];
        from = read_character(from, character);
        for (int i = 0; i < 4 && character[i] != '\0'; i++)
            *to++ = (char)character[i];
    }
    *to = '\0';
    return copy;
}

static bool no_memory(scanner *s, const uint8_t *at)
{
    (void)fail(s, (failure){PILOT_ERROR_MEMORY,
                            SENTENCE,
                            {"内存不足，放不下这段文字", "there is no memory for the text"},
                            at,
                            0,
                            NULL});
    return false;
}

static char *copy_number(scanner *s, const uint8_t *at, const uint8_t *end)
{
    char *copy = pilot_arena_text(&s->nodes, (size_t)(end - at));
    if (copy)
        memcpy(copy, at, (size_t)(end - at));
    return copy;
}

/* A value that has been looked over becomes a node of a tree, where one is wanted. A number keeps the
 * digits that it is written with. */
static bool make_leaf(scanner *s, const uint8_t *at, const uint8_t *end, cJSON **tree)
{
    const int type = s->refused   ? cJSON_Invalid
                     : *at == 't' ? cJSON_True
                     : *at == 'f' ? cJSON_False
                     : *at == 'n' ? cJSON_NULL
                     : *at == '"' ? cJSON_String
                                  : cJSON_Number;
    *tree = pilot_tree_node(&s->nodes, type);
    if (!*tree)
        return no_memory(s, at);
    if (type == cJSON_String)
        (*tree)->valuestring = copy_string(s, at, end, s->escaped);
    else if (type == cJSON_Number)
        (*tree)->valuestring = copy_number(s, at, end);
    else
        return true;
    return (*tree)->valuestring || no_memory(s, at);
}

/* tree: where the value's tree goes; NULL: none is wanted. */
static const uint8_t *scan_value(scanner *s, const uint8_t *at, bool free_form, cJSON **tree);

/* Scans a value into the parent, under the name where there is one. */
static const uint8_t *scan_child(scanner *s, const uint8_t *at, bool free_form, cJSON *parent,
                                 char *name)
{
    cJSON *child = NULL;
    at = scan_value(s, at, free_form, parent ? &child : NULL);
    if (!at || !parent)
        return at;
    child->string = name;
    pilot_tree_add(parent, child);
    return at;
}

typedef pilot_status (*part_taker)(void *context, const cJSON *tree, size_t scanned);

static const uint8_t *scan_part(scanner *s, const uint8_t *at, part_taker take);

/* take: whom the items are given to one by one; NULL: they go into the list, where there is one. */
static const uint8_t *scan_items(scanner *s, const uint8_t *at, bool free_form, cJSON *list,
                                 part_taker take)
{
    if (!descend(s, at))
        return NULL;
    at = skip_space(at + 1, s->end);
    if (at == s->end || *at != ']')
        for (;;) {
            at = take ? scan_part(s, at, take) : scan_child(s, at, free_form, list, NULL);
            if (!at)
                return NULL;
            at = skip_space(at, s->end);
            if (at == s->end || *at != ',')
                break;
            at = skip_space(at + 1, s->end);
        }
    if (at == s->end || *at != ']')
        return fail_expected(s, at,
                             (pilot_phrase){"该项后面的“,”或“]”", "\",\" or \"]\" after the item"});
    s->depth--;
    return at + 1;
}

static const uint8_t *scan_members(scanner *s, const uint8_t *at, bool free_form, cJSON *parent);

static const uint8_t *scan_within(scanner *s, const uint8_t *at, bool free_form, cJSON *made)
{
    return *at == '[' ? scan_items(s, at, free_form, made, NULL) : scan_members(s, at, free_form, made);
}

static const uint8_t *scan_container(scanner *s, const uint8_t *at, bool free_form, cJSON **tree)
{
    if (!tree)
        return scan_within(s, at, free_form, NULL);
    *tree = pilot_tree_node(&s->nodes, *at == '[' ? cJSON_Array : cJSON_Object);
    if (!*tree) {
        (void)no_memory(s, at);
        return NULL;
    }
    return scan_within(s, at, free_form, *tree);
}

/* Gives a part of the document to who reads it; false, with the failure set, where that ends the scan.
 */
static bool give(scanner *s, cJSON *tree, const uint8_t *at, part_taker take)
{
    pilot_status status = take(s->parts->context, tree, (size_t)(at - s->text));
    pilot_arena_reset(&s->nodes);
    if (status != PILOT_OK)
        (void)fail(s, (failure){status, TOLD, {0}, at, 0, NULL});
    return status == PILOT_OK;
}

static const uint8_t *scan_part(scanner *s, const uint8_t *at, part_taker take)
{
    cJSON *tree = NULL;
    const uint8_t *end = scan_value(s, at, false, &tree);
    return end && give(s, tree, end, take) ? end : NULL;
}

/* The items of a list of the document, one tree at a time, and then its end. */
static const uint8_t *scan_parts(scanner *s, const uint8_t *at)
{
    at = scan_items(s, at, false, NULL, s->parts->item);
    return at && give(s, NULL, at, s->parts->item) ? at : NULL;
}

static const uint8_t *scan_written(scanner *s, const uint8_t *at)
{
    const uint8_t *end = scan_value(s, at, false, NULL);
    if (!end)
        return NULL;
    const pilot_json_text written = {(const char *)at, (size_t)(end - at)};
    const pilot_status status = s->parts->text(s->parts->context, written, (size_t)(end - s->text));
    return status == PILOT_OK ? end : fail(s, (failure){status, TOLD, {0}, at, 0, NULL});
}

/* A member of the document itself. at: its value. */
static const uint8_t *scan_document_member(scanner *s, const uint8_t *at, bool free_form,
                                           const char *name, const uint8_t *quote)
{
    json_use use = JSON_IGNORED;
    pilot_status status = s->parts->member(s->parts->context, name, (size_t)(at - s->text), &use);
    if (status != PILOT_OK)
        return fail(s, (failure){status, TOLD, {0}, quote, 0, NULL});
    if (use == JSON_IGNORED)
        return scan_value(s, at, free_form, NULL);
    if (use == JSON_TEXT)
        return scan_written(s, at);
    return use == JSON_ITEMS && at < s->end && *at == '[' ? scan_parts(s, at)
                                                          : scan_part(s, at, s->parts->value);
}

static inline const uint8_t *scan_member(scanner *s, object *o, const uint8_t *at, bool free_form,
                                         cJSON *parent)
{
    const uint8_t *name = at;
    if (at == s->end || *at != '"')
        return fail_expected(s, at, (pilot_phrase){"双引号中的键", "a key in double quotes"});
    const uint8_t *end = scan_string(s, at);
    if (!end)
        return NULL;
    const bool escaped = s->escaped;
    beginning b;
    read_beginning(&b, at, end, escaped);
    bool repeated;
    if (!add_key(s, o, at, end, hash_of(b.bytes, b.count), &repeated))
        return NULL;
    free_form = free_form || (b.count >= 2 && b.bytes[0] == 'x' && b.bytes[1] == '-');
    at = skip_space(end, s->end);
    if (at == s->end || *at != ':')
        return fail_expected(s, at, (pilot_phrase){"键后面的“:”", "\":\" after the key"});
    at = skip_space(at + 1, s->end);
    const bool of_document = s->parts && s->depth == 1;
    if (repeated || !(of_document || parent))
        return scan_value(s, at, free_form, NULL);
    char *copy = copy_string(s, name, end, escaped);
    if (!copy) {
        (void)no_memory(s, name);
        return NULL;
    }
    return of_document ? scan_document_member(s, at, free_form, copy, name)
                       : scan_child(s, at, free_form, parent, copy);
}

/* at: what follows the last member. */
static const uint8_t *close_object(scanner *s, const object *o, const uint8_t *at)
{
    size_t members = s->key_count - o->first_key;
    if (at == s->end || *at != '}')
        return fail_expected(s, at,
                             (pilot_phrase){"该成员后面的“,”或“}”", "\",\" or \"}\" after the member"});
    if (members > PAIRWISE_MAX && refuse_repeated(s, s->keys + o->first_key, members))
        return NULL;
    s->key_count = o->first_key;
    s->depth--;
    return at + 1;
}

static const uint8_t *scan_members(scanner *s, const uint8_t *at, bool free_form, cJSON *parent)
{
    object o = {s->key_count, 0};
    if (!descend(s, at))
        return NULL;
    at = skip_space(at + 1, s->end);
    if (at == s->end || *at != '}')
        for (;;) {
            at = scan_member(s, &o, at, free_form, parent);
            if (!at)
                return NULL;
            at = skip_space(at, s->end);
            if (at == s->end || *at != ',')
                break;
            at = skip_space(at + 1, s->end);
        }
    return close_object(s, &o, at);
}

static bool stopped(scanner *s, const uint8_t *at)
{
    s->ask = s->end - at > BETWEEN_STOPS ? at + BETWEEN_STOPS : s->end;
    if (!s->stop || !s->stop->asked(s->stop->context))
        return false;
    (void)fail(s, (failure){PILOT_ERROR_STOPPED, SENTENCE, {"", ""}, at, 0, NULL});
    return true;
}

static const uint8_t *scan_leaf(scanner *s, const uint8_t *at, bool free_form)
{
    switch (at < s->end ? *at : '\0') {
    case '"':
        return scan_string(s, at);
    case 't':
        return scan_word(s, at, "true");
    case 'f':
        return scan_word(s, at, "false");
    case 'n':
        return scan_word(s, at, "null");
    default:
        if (at < s->end && (classes[*at] & DIGIT || *at == '-'))
            return scan_number(s, at, free_form);
        return fail_expected(s, at, (pilot_phrase){"一个值", "a value"});
    }
}

/* Recursion ends at PILOT_JSON_DEPTH_MAX. */
static const uint8_t *scan_value(scanner *s, const uint8_t *at, bool free_form, cJSON **tree)
{
    if (at >= s->ask && stopped(s, at))
        return NULL;
    if (at < s->end && (*at == '{' || *at == '['))
        return scan_container(s, at, free_form, tree);
    s->refused = false;
    const uint8_t *end = scan_leaf(s, at, free_form);
    return end && tree && !make_leaf(s, at, end, tree) ? NULL : end;
}

static const uint8_t *scan_text(scanner *s)
{
    static const char mark[] = "\xEF\xBB\xBF";
    static const pilot_phrase marked = {
        "文件以字节顺序标记（BOM）开头：请存为不带BOM的格式",
        "the text begins with a byte-order mark: save it without byte-order mark"};
    if (s->end - s->text >= 3 && memcmp(s->text, mark, 3) == 0)
        return fail(s, (failure){PILOT_ERROR_ENCODING, SENTENCE, marked, s->text, 0, NULL});
    const uint8_t *at = skip_space(s->text, s->end);
    const bool whole = s->parts && !(at < s->end && *at == '{');
    at = whole ? scan_part(s, at, s->parts->value) : scan_value(s, at, false, NULL);
    if (!at)
        return NULL;
    at = skip_space(at, s->end);
    return at == s->end ? at : fail_expected(s, at, (pilot_phrase){"结尾", "nothing after the end"});
}

/* The line at offset at, from 1. counted: up to where; it is counted anew for an earlier place. */
static int32_t line_of(const uint8_t *text, size_t at, json_lines *counted, int32_t *column)
{
    if (at < counted->at)
        *counted = (json_lines){0};
    for (const uint8_t *found = text + counted->at, *end = text + at;
         (found = memchr(found, '\n', (size_t)(end - found))); counted->start = (size_t)(++found - text))
        counted->line++;
    counted->at = at;
    *column = (int32_t)(at - counted->start) + 1;
    return counted->line + 1;
}

/* The text up to stop has been found good. */
static void find_levels(outline *o, const uint8_t *stop)
{
    for (const uint8_t *at = o->at; at < stop; at++) {
        level *inner = o->depth > 0 ? &o->levels[o->depth - 1] : NULL;
        if (*at == '{' || *at == '[') {
            o->levels[o->depth++] = (level){*at == '[', 0, NULL};
        } else if (*at == '}' || *at == ']') {
            o->depth--;
        } else if (*at == ',' && inner) {
            inner->index++;
            inner->key = NULL;
        } else if (*at == '"') {
            const uint8_t *end = skip_string(at, stop);
            if (!end)
                break;
            if (inner && !inner->key)
                inner->key = at;
            at = end - 1;
        }
    }
    o->at = stop;
}

typedef struct path_writer {
    char *path;
    size_t used, size;
} path_writer;

/* False, with nothing added, where there is no room. */
static bool add_text(path_writer *w, const char *text)
{
    size_t length = strlen(text);
    if (length >= w->size - w->used)
        return false;
    memcpy(w->path + w->used, text, length + 1);
    w->used += length;
    return true;
}

static bool add_index(path_writer *w, size_t index)
{
    char text[24];
    (void)snprintf(text, sizeof text, "/%zu", index);
    return add_text(w, text);
}

static bool add_key_text(path_writer *w, const uint8_t *at)
{
    if (!add_text(w, "/"))
        return false;
    for (at++; *at != '"';) {
        char character[5] = "";
        pilot_excerpt clean;
        at = read_character(at, (uint8_t *)character);
        const char *shown = pilot_excerpt_of(character, &clean);
        if (!add_text(w, *shown == '~' ? "~0" : *shown == '/' ? "~1" : shown))
            return false;
    }
    return true;
}

/* A path too long for its buffer ends with the last character that fits. */
static void write_path(const outline *o, pilot_error *error)
{
    path_writer w = {error->path, 0, sizeof error->path};
    for (const level *l = o->levels; l < o->levels + o->depth && (l->list || l->key); l++)
        if (!(l->list ? add_index(&w, l->index) : add_key_text(&w, l->key)))
            return;
}

/* Of what stands where something else was expected, so much that a user recognises it. */
static size_t token_length(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *stop = at;
    if (at == end)
        return 0;
    if (*at == '"')
        stop = skip_plain(at + 1, end);
    while (stop < end && classes[*stop] & WORD)
        stop++;
    if (*at == '"' && stop < end && *stop == '"')
        stop++;
    return stop > at ? (size_t)(stop - at) : character_length(at, end);
}

/* What a failure found, cut where pilot_error.value is sure to be full. */
typedef struct found_text {
    char text[2 * sizeof((pilot_error *)0)->value];
} found_text;

static const char *found_of(const scanner *s, found_text *found)
{
    const failure *f = &s->failure;
    size_t length = f->form == EXPECTED ? token_length(f->at, s->end) : f->length;
    if (length >= sizeof found->text)
        length = sizeof found->text - 1;
    memcpy(found->text, f->at, length);
    found->text[length] = '\0';
    if (f->form == BYTE)
        (void)snprintf(found->text, sizeof found->text, "0x%02X", (unsigned)*f->at);
    return found->text;
}

/* The line of the key that a repeated one repeats. The lines have been counted up to that one. */
static int first_line(const scanner *s)
{
    int line = s->outline.lines.line + 1;
    const uint8_t *found = s->failure.first;
    while ((found = memchr(found, '\n', (size_t)(s->failure.at - found)))) {
        found++;
        line--;
    }
    return line;
}

static void write_english(const scanner *s, const char *value, const char *shown, pilot_error *error)
{
    const failure *f = &s->failure;
    const char *said = f->said.en, *quote = *value == '"' ? "" : "\"";
    if (f->form == EXPECTED && f->at == s->end)
        pilot_error_set(error, f->status, value, "expected %s, found the end of the text", said);
    else if (f->form == EXPECTED)
        pilot_error_set(error, f->status, value, "expected %s, found %s%s%s", said, quote, shown, quote);
    else if (f->form == FOUND)
        pilot_error_set(error, f->status, value, "%s%s%s %s", quote, shown, quote, said);
    else if (f->form == BYTE)
        pilot_error_set(error, f->status, value, "the byte %s %s", value, said);
    else if (f->form == REPEATED)
        pilot_error_set(error, f->status, value, "%s is already a key of this object, on line %d", shown,
                        first_line(s));
    else
        pilot_error_set(error, f->status, value, "%s", said);
}

static void write_chinese(const scanner *s, const char *shown, pilot_error *error)
{
    const failure *f = &s->failure;
    const char *said = f->said.zh;
    if (f->form == EXPECTED && f->at == s->end)
        pilot_error_zh(error, "此处应为%s，而文字已到末尾", said);
    else if (f->form == EXPECTED)
        pilot_error_zh(error, "此处应为%s，却是“%s”", said, shown);
    else if (f->form == FOUND)
        pilot_error_zh(error, "“%s”%s", shown, said);
    else if (f->form == BYTE)
        pilot_error_zh(error, "字节%s%s", shown, said);
    else if (f->form == REPEATED)
        pilot_error_zh(error, "键“%s”在本对象第%d行已经有了", shown, first_line(s));
    else
        pilot_error_zh(error, "%s", said);
}

/* A string's own quotes make way for those of a Chinese sentence. */
static const char *without_quotes(pilot_excerpt *shown)
{
    char *text = shown->text;
    const size_t length = strlen(text);
    if (length < 2 || *text != '"')
        return text;
    if (text[length - 1] == '"')
        text[length - 1] = '\0';
    return text + 1;
}

static void write_message(const scanner *s, pilot_error *error)
{
    found_text found;
    pilot_excerpt shown;
    const char *value = found_of(s, &found);
    write_english(s, value, pilot_excerpt_of(value, &shown), error);
    write_chinese(s, without_quotes(&shown), error);
}

static pilot_status report(scanner *s, pilot_error *error)
{
    const failure *f = &s->failure;
    outline *o = &s->outline;
    if (!error || f->form == TOLD)
        return f->status;
    if (f->status == PILOT_ERROR_STOPPED)
        return pilot_error_stopped(error);
    int32_t column, line = line_of(s->text, (size_t)(f->at - s->text), &o->lines, &column);
    write_message(s, error);
    error->line = line;
    error->column = column;
    /* Only a key is found with its quote, and then it is the member's that is refused. */
    const uint8_t *stop = f->length > 0 && *f->at == '"' ? f->at + f->length : f->at;
    if (stop < o->at) /* a key of an object that has been read to its end */
        *o = (outline){.at = s->text, .lines = o->lines};
    find_levels(o, stop);
    write_path(o, error);
    return f->status;
}

static bool goes_on(scanner *s)
{
    pilot_error found;
    if (!s->parts || !s->parts->refused)
        return false;
    (void)report(s, &found);
    const pilot_status status = s->parts->refused(s->parts->context, &found);
    s->failure = (failure){status, TOLD, {0}, s->failure.at, 0, NULL};
    return status == PILOT_OK;
}

static pilot_status too_long(size_t length, pilot_error *error)
{
    pilot_error_set(error, PILOT_ERROR_LIMIT, "", "the text has %zu bytes: at most %d are read", length,
                    PILOT_JSON_SIZE_MAX);
    pilot_error_zh(error, "文字有%zu字节：最多读%d字节", length, PILOT_JSON_SIZE_MAX);
    return PILOT_ERROR_LIMIT;
}

static pilot_status no_room_for_keys(pilot_error *error)
{
    pilot_error_set(error, PILOT_ERROR_MEMORY, NULL, "no memory for the keys of the text");
    pilot_error_zh(error, "内存不足，放不下文字中的键");
    return PILOT_ERROR_MEMORY;
}

pilot_status pilot_json_scan(const char *text, size_t length, const pilot_stop *stop,
                             const json_parts *parts, pilot_error *error)
{
    if (length > PILOT_JSON_SIZE_MAX)
        return too_long(length, error);
    const size_t keys = length / KEY_BYTES < KEYS_MAX ? length / KEY_BYTES : KEYS_MAX;
    scanner *s = malloc(sizeof *s + keys * sizeof *s->keys);
    if (!s)
        return no_room_for_keys(error);
    *s = (scanner){.text = (const uint8_t *)text,
                   .end = (const uint8_t *)text + length,
                   .stop = stop,
                   .parts = parts};
    s->ask = s->text + (length < BETWEEN_STOPS ? length : BETWEEN_STOPS);
    s->failure = (failure){PILOT_OK, EXPECTED, {"", ""}, s->text, 0, NULL};
    s->outline.at = s->text;
    pilot_status status = scan_text(s) ? PILOT_OK : report(s, error);
    pilot_arena_free(&s->nodes);
    free(s);
    return status;
}

/* The comma or bracket, or the end, that follows the value. */
static const uint8_t *skip_value(const uint8_t *at, const uint8_t *end)
{
    for (size_t depth = 0; at < end; at++) {
        const uint8_t *after = *at == '"' ? skip_string(at, end) : NULL;
        if (after) {
            at = after - 1;
        } else if (*at == '{' || *at == '[') {
            depth++;
        } else if (*at == ',' || *at == '}' || *at == ']') {
            if (depth == 0)
                break;
            depth -= *at == ',' ? 0 : 1;
        }
    }
    return at;
}

/* Whether the path's part names the key at its opening quote. */
static bool part_is_key(const char *part, const uint8_t *at)
{
    for (at++; *at != '"';) {
        uint8_t character[4];
        at = read_character(at, character);
        for (int i = 0; i < 4 && character[i] != '\0'; i++, part++) {
            char wanted = *part;
            if (wanted == '/')
                return false;
            if (wanted == '~' && (part[1] == '0' || part[1] == '1'))
                wanted = *++part == '0' ? '~' : '/';
            if (wanted != (char)character[i])
                return false;
        }
    }
    return *part == '/' || *part == '\0';
}

/* The key of an object's member that the path's part names, and its value; NULL where there is none. */
static const uint8_t *find_member(const uint8_t *at, const uint8_t *end, const char *part,
                                  const uint8_t **value)
{
    for (at = skip_space(at + 1, end); at < end && *at == '"';) {
        const uint8_t *member = at, *after = skip_string(at, end);
        const uint8_t *colon = after ? skip_space(after, end) : end;
        if (colon == end)
            return NULL;
        *value = skip_space(colon + 1, end);
        if (part_is_key(part, member))
            return member;
        at = skip_value(*value, end);
        if (at < end && *at == ',')
            at = skip_space(at + 1, end);
    }
    return NULL;
}

/* False where the path's part is no index; the largest one stands for all that are larger. */
static bool read_index(const char *part, size_t *index)
{
    size_t digits = strspn(part, "0123456789");
    if (digits == 0 || (part[digits] != '/' && part[digits] != '\0') || (*part == '0' && digits > 1))
        return false;
    *index = 0;
    for (; digits > 0; digits--, part++)
        *index = *index > SIZE_MAX / 10 - 1 ? SIZE_MAX : *index * 10 + (size_t)(*part - '0');
    return true;
}

/* at: a list, or its item of number from where from is not 0. */
static const uint8_t *find_item(const uint8_t *at, const uint8_t *end, size_t from, size_t index)
{
    if (!from)
        at = skip_space(at + 1, end);
    for (; index > from; index--) {
        at = skip_value(at, end);
        if (at == end || *at != ',')
            return NULL;
        at = skip_space(at + 1, end);
    }
    return at < end && *at != ']' ? at : NULL;
}

static const uint8_t *find_listed(const uint8_t *at, const uint8_t *end, const char *part)
{
    size_t index;
    return read_index(part, &index) ? find_item(at, end, 0, index) : NULL;
}

/* The place of what the path's part names within *value, which becomes its value; NULL where there is
 * nothing of that name. */
static const uint8_t *find_child(const uint8_t **value, const uint8_t *end, const char *part)
{
    if (*value < end && **value == '{')
        return find_member(*value, end, part, value);
    if (*value == end || **value != '[')
        return NULL;
    const uint8_t *item = find_listed(*value, end, part);
    if (item)
        *value = item;
    return item;
}

/* Where the path's item of an outermost list is found from the one that was found last. *path: its rest
 * follows. NULL: not so. */
static const uint8_t *find_onward(const uint8_t *text, const uint8_t *end, const char **path,
                                  const json_cursor *cursor)
{
    size_t index;
    const char *part = *path + cursor->list;
    if (!cursor->index || strncmp(*path, cursor->path, cursor->list) != 0 || !read_index(part, &index) ||
        index < cursor->index)
        return NULL;
    const uint8_t *item = find_item(text + cursor->item, end, cursor->index, index);
    if (item)
        *path = part + strcspn(part, "/");
    return item;
}

/* value: of the path's first parts up to part, which is of an outermost list's item. */
static void keep_item(json_cursor *cursor, const uint8_t *text, const char *path, const char *part,
                      const uint8_t *value)
{
    const size_t length = (size_t)(part - path);
    if (length >= sizeof cursor->path)
        return;
    (void)read_index(part, &cursor->index); /* as it was, to find the item */
    memcpy(cursor->path, path, length);
    cursor->list = length;
    cursor->item = (size_t)(value - text);
}

void pilot_json_locate(const char *text, size_t length, const char *path, json_cursor *cursor,
                       int32_t *line, int32_t *column)
{
    const uint8_t *start = (const uint8_t *)text, *end = start + length;
    json_cursor none = {0};
    json_cursor *c = cursor ? cursor : &none;
    const char *rest = path;
    const uint8_t *onward = find_onward(start, end, &rest, c);
    const uint8_t *value = onward ? onward : skip_space(start, end), *place = value;
    bool outermost = !onward; /* a list's items are many */
    if (onward)
        keep_item(c, start, path, path + c->list, onward);
    while (*rest == '/') {
        const char *part = rest + 1;
        const bool list = value < end && *value == '[';
        const uint8_t *child = find_child(&value, end, part);
        if (!child)
            break;
        if (list && outermost)
            keep_item(c, start, path, part, value);
        outermost = outermost && !list;
        place = child;
        rest = part + strcspn(part, "/");
    }
    *line = line_of(start, (size_t)(place - start), &c->lines, column);
}
