import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Awards in Spark SQL, and under a reform, without a Python on the executors. */
final class SparkAwards {
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().master("local[1]")
                .config("spark.ui.enabled", "false").config("spark.log.level", "ERROR")
                .config("spark.sql.extensions", "libpilot.spark.PilotExtensions").getOrCreate();
        Dataset<Row> claims = spark.sql(
                "select * from values (1885L, '2019-12', '2023-12'), (null, '2019-12', '2023-12') as t(households, first, last)");
        claims.createOrReplaceTempView("claims");
        for (String policy : List.of("{}", "{\"city_share\": \"1/3\"}")) {
            spark.sql("select award.* from (select pilot_award(households, first, last, '" + policy
                    + "') as award from claims)").collectAsList().forEach(System.out::println);
        }
        spark.stop();
    }
}
