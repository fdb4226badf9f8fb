package libpilot;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The native library: out of the jar, into a file that is gone once it is loaded. */
final class Library {
    static final Cleaner CLEANER = Cleaner.create();

    private Library() {}

    static void load() {
        String system = system();
        String resource = "natives/" + system + "/libpilot_java.so";
        try (InputStream library = Library.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new UnsatisfiedLinkError("libpilot has no native library for " + system
                        + " in its jar: it has those of Linux on x86_64 and aarch64");
            }
            load(library);
        } catch (IOException error) {
            throw unloaded(error);
        }
    }

    private static void load(InputStream library) throws IOException {
        // Nobody else may write what is loaded, or read it before it is whole.
        Path file = Files.createTempFile("libpilot", ".so",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            // Replacing the file makes another, with the permissions of any new one.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            System.load(file.toAbsolutePath().toString());
        } catch (UnsatisfiedLinkError error) {
            throw unloaded(error);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static UnsatisfiedLinkError unloaded(Throwable cause) {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("libpilot's native library cannot be loaded from "
                + System.getProperty("java.io.tmpdir") + " (" + cause.getMessage()
                + "): set -Djava.io.tmpdir to a folder that can be written to and that programs may be run from");
        error.initCause(cause);
        return error;
    }

    /** As the jar names it: "linux-x86_64", or "linux-aarch64-musl" where the C library is musl. */
    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(" ", "");
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> System.getProperty("os.arch");
        };
        return os + "-" + machine + (isMusl() ? "-musl" : "");
    }

    private static boolean isMusl() {
        try {
            return Files.readString(Path.of("/proc/self/maps")).contains("/ld-musl-");
        } catch (IOException error) {
            return false; // no Linux, or one that shows no maps: no musl is known of
        }
    }
}
