package libpilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Text on its way into the library and back, which JNI's own strings would change. */
class TextTest {
    private static String named(String name) {
        return "{\"districts\":[{\"id\":\"360102\",\"name\":\"" + name + "\"}],\"communities\":[],\"areas\":[]}";
    }

    @Test
    void allOfUnicodeComesBack() {
        StringBuilder name = new StringBuilder("东湖 é ");
        // The ends of what two, three and four bytes hold, and a character of an extension of Chinese.
        for (int point : new int[] {0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x20BB7, 0x10FFFF}) {
            name.appendCodePoint(point);
        }
        try (City city = City.of(named(name.toString()))) {
            assertEquals(name.toString(), Json.read(Json.bytes(city.toJson())).at("/districts/0/name").asText());
        }
    }

    @Test
    void whatIsNoUnicodeIsRefused() {
        for (String half : new String[] {"\uD842", "\uDFB7", "\uDFB7\uD842"}) {
            PilotException refused = assertThrows(PilotException.class, () -> City.of(named(half)));
            assertEquals(Status.ENCODING, refused.status());
        }
    }

    @Test
    void aNulEndsNothing() {
        // A NUL in a text is refused where it stands, escaped or not; behind the end of the document, too.
        PilotException raw = assertThrows(PilotException.class, () -> City.of(named("a\0b")));
        assertEquals("/districts/0/name", raw.path());
        PilotException escaped = assertThrows(PilotException.class, () -> City.of(named("a\\u0000b")));
        assertEquals("/districts/0/name", escaped.path());
        assertThrows(PilotException.class, () -> City.of(named("a") + "\0"));
    }

    @Test
    void sentencesAreInBothLanguages() {
        PilotException refused = assertThrows(PilotException.class, () -> City.of(named("𠮷\",\"nme\":\"")));
        assertEquals("/districts/0/nme", refused.path());
        assertEquals(true, refused.messageZh().contains("“nme”"), refused.messageZh());
        assertEquals(true, refused.getMessage().contains("line 1, column "), refused.getMessage());
    }
}
