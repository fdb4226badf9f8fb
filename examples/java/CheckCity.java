import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import libpilot.City;
import libpilot.Finding;
import libpilot.Outcome;
import libpilot.PilotException;
import libpilot.Policy;
import libpilot.Report;

/**
 * Holds a city out of a database against the notice.
 *
 * <p>{@code java -cp ... CheckCity.java [city.sql]} makes the tables of examples/data/city.sql in an SQLite database in
 * memory; any other JDBC connection does as well. The exit status is 1 where something is breached and 2 where the
 * city cannot be read.
 */
final class CheckCity {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        String sql = Files.readString(Path.of(arguments.length > 0 ? arguments[0] : "examples/data/city.sql"));
        try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            try (Statement statement = database.createStatement()) {
                statement.executeUpdate(sql);
            }
            System.exit(check(records(database)));
        }
    }

    private static int check(ObjectNode records) {
        LocalDate asOf = LocalDate.of(2020, 2, 29);
        try (City city = City.of(records)) {
            System.out.println(city.toJson());
            Report report = city.check(Policy.NANCHANG_2019, asOf);
            System.out.println("breach " + report.counts().get(Outcome.BREACH) + ", unknown "
                    + report.counts().get(Outcome.UNKNOWN) + ", met " + report.counts().get(Outcome.MET));
            for (Finding finding : report.findings(Outcome.BREACH)) {
                System.out.printf("  %-6s %s%n", finding.clause(), finding.en());
            }
            for (var community : records.get("communities")) {
                String id = community.get("id").asText();
                System.out.println(id + ": " + city.award(Policy.NANCHANG_2019, id, asOf).get("total_yuan").asText() + " yuan");
            }
            return report.findings(Outcome.BREACH).isEmpty() ? 0 : 1;
        } catch (PilotException refused) {
            refused.problems().forEach(System.err::println);
            return 2;
        }
    }

    /** The tables as a city file has them: a column that is NULL is not known, and left out. */
    private static ObjectNode records(Connection database) throws SQLException {
        ObjectNode city = JSON.createObjectNode();
        each(database, "select id, name from districts order by id", city.putArray("districts"), (row, district) -> {
            text(row, "id", district);
            text(row, "name", district);
        });
        Map<String, ObjectNode> communities = new LinkedHashMap<>();
        each(database, "select id, name, district, staff from communities order by id", city.putArray("communities"),
                (row, community) -> {
                    text(row, "id", community);
                    text(row, "name", community);
                    text(row, "district", community);
                    if (row.getObject("staff") != null) {
                        community.putObject("workstation").put("property_staff", row.getLong("staff"));
                    }
                    // Lists of no rows: there are none. What may be incomplete is left out.
                    community.putArray("offices");
                    community.putArray("assessments");
                    communities.put(row.getString("id"), community);
                });
        each(database, "select community, area_dm2, route from offices order by id", null, (row, office) -> {
            if (row.getObject("area_dm2") != null) {
                office.put("area_m2", BigDecimal.valueOf(row.getLong("area_dm2"), 2).toPlainString());
            }
            text(row, "route", office);
            communities.get(row.getString("community")).withArray("offices").add(office);
        });
        each(database, "select community, year, result, made_on from assessments order by community, year", null,
                (row, assessment) -> {
                    assessment.put("year", row.getInt("year"));
                    text(row, "result", assessment);
                    text(row, "made_on", assessment, "date");
                    communities.get(row.getString("community")).withArray("assessments").add(assessment);
                });
        areas(database, city);
        return city;
    }

    private static void areas(Connection database, ObjectNode city) throws SQLException {
        Map<String, ObjectNode> areas = new LinkedHashMap<>();
        each(database, "select id, name, households, entered_on from areas order by id", city.putArray("areas"),
                (row, area) -> {
                    text(row, "id", area);
                    text(row, "name", area);
                    area.putArray("communities");
                    if (row.getObject("households") != null) {
                        area.put("households", row.getLong("households"));
                    }
                    text(row, "entered_on", area.putObject("steps"), "entry");
                    area.putArray("contracts");
                    areas.put(row.getString("id"), area);
                });
        each(database, "select area, community from area_communities order by area, community", null, (row, none) ->
                areas.get(row.getString("area")).withArray("communities").add(row.getString("community")));
        each(database, "select area, signed_on, signed_by from contracts order by id", null, (row, contract) -> {
            text(row, "signed_on", contract);
            text(row, "signed_by", contract);
            areas.get(row.getString("area")).withArray("contracts").add(contract);
        });
    }

    private interface Reader {
        void read(ResultSet row, ObjectNode record) throws SQLException;
    }

    /** A record of each row, which goes to the list where there is one. */
    private static void each(Connection database, String query, ArrayNode list, Reader reader) throws SQLException {
        try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                ObjectNode record = JSON.createObjectNode();
                reader.read(rows, record);
                if (list != null) {
                    list.add(record);
                }
            }
        }
    }

    private static void text(ResultSet row, String column, ObjectNode record) throws SQLException {
        text(row, column, record, column);
    }

    private static void text(ResultSet row, String column, ObjectNode record, String key) throws SQLException {
        if (row.getString(column) != null) {
            record.put(key, row.getString(column));
        }
    }
}
