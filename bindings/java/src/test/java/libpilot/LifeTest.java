package libpilot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading, closing, sharing. */
class LifeTest {
    private static final YearMonth FIRST = YearMonth.of(2019, 12);
    private static final YearMonth LAST = YearMonth.of(2023, 12);
    private static final LocalDate DAY = LocalDate.of(2020, 2, 29);

    @Test
    void whatIsClosedIsRefused() {
        Policy policy = Policy.NANCHANG_2019.patch("{}");
        policy.close();
        policy.close();
        assertThrows(IllegalStateException.class, () -> policy.award(1, FIRST, LAST));
        assertThrows(UnsupportedOperationException.class, Policy.NANCHANG_2019::close);
        City city = City.of("{\"districts\":[],\"communities\":[],\"areas\":[]}");
        city.close();
        city.close();
        assertThrows(IllegalStateException.class, city::toJson);
    }

    @Test
    void aPolicyIsSavedAsItsJson() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ColumnsTest.REFORM);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(ColumnsTest.REFORM.toJson(), ((Policy) in.readObject()).toJson());
        }
        assertEquals(ColumnsTest.REFORM.toJson(),
                Policy.NANCHANG_2019.patch(Policy.NANCHANG_2019.diff(ColumnsTest.REFORM)).toJson());
    }

    @Test
    void theJarAndItsLibraryAreOfOneVersion() {
        assertEquals(System.getProperty("version"), Pilot.version());
    }

    @Test
    void statusesAreThoseOfC() {
        for (Status status : Status.values()) {
            assertEquals(status.ordinal(), status.number());
        }
        // The words of C, to the end of the list.
        List<String> words = new ArrayList<>();
        Pilot.call("words", null).path("sets").forEach(set -> {
            if (set.path("id").asText().equals("status")) {
                set.path("words").forEach(word -> words.add(word.path("name").asText()));
            }
        });
        assertEquals(words, List.of(Status.values()).stream().map(s -> s.name().toLowerCase(java.util.Locale.ROOT)).toList());
    }

    @Test
    void threadsShareAPolicyAndACity() throws Exception {
        byte[] text = Cases.bytes(Cases.DATA.resolve("nanchang-2019.json"));
        Policy policy = Policy.NANCHANG_2019.patch("{}");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (City city = City.of(text)) {
            String wanted = city.check(policy, DAY).json().toString();
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                work.add(() -> {
                    for (int round = 0; round < 2_000; round++) {
                        // 1,885 households, 666 yuan each.
                        assertEquals(125_541_000, policy.award(1885, FIRST, LAST).totalFen());
                    }
                    assertThrows(PilotException.class, () -> policy.award(-1, FIRST, LAST));
                    return city.check(policy, DAY).json().toString();
                });
            }
            for (Future<String> made : threads.invokeAll(work)) {
                assertEquals(wanted, made.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void closingWaitsForCallsUnderWay() throws Exception {
        byte[] text = Cases.bytes(Cases.DATA.resolve("nanchang-2019.json"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                Policy policy = Policy.NANCHANG_2019.patch("{}");
                City city = City.of(text);
                List<Future<Object>> calls = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    calls.add(threads.submit(() -> {
                        try {
                            return city.check(policy, DAY).counts().get(Outcome.BREACH);
                        } catch (IllegalStateException closed) {
                            return 19;
                        }
                    }));
                }
                city.close();
                policy.close();
                for (Future<Object> call : calls) {
                    assertEquals(19, call.get());
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    /** What a Java of its own prints that loads the library under these settings. */
    private static String run(String... settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(settings));
        command.add(LifeTest.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    public static void main(String[] arguments) {
        System.out.println(Policy.NANCHANG_2019.award(1885, FIRST, LAST).total());
    }

    @Test
    void loadingNeedsNoSettingsAndLeavesNothing(@TempDir Path place) throws Exception {
        assertEquals("1255410.00\n", run("-Djava.io.tmpdir=" + place));
        assertArrayEquals(new File[0], place.toFile().listFiles());
    }

    @Test
    void whatCannotBeLoadedIsSaid(@TempDir Path place) throws Exception {
        String none = run("-Djava.io.tmpdir=" + place.resolve("none"));
        assertTrue(none.contains("libpilot's native library cannot be loaded from " + place.resolve("none")), none);
        assertTrue(none.contains("set -Djava.io.tmpdir to a folder"), none);
        String other = run("-Dos.arch=sparc");
        assertTrue(other.contains("libpilot has no native library for linux-sparc in its jar"), other);
        assertEquals(0, place.toFile().listFiles().length);
    }
}
