// Awards in Spark SQL, from Scala: spark-shell --jars libpilot-0.2.0.jar -I awards.scala
//     --conf spark.sql.extensions=libpilot.spark.PilotExtensions
val claims = spark.sql(
  "select * from values (1885L, '2019-12', '2023-12'), (null, '2019-12', '2023-12') as t(households, first, last)")
claims.selectExpr("pilot_award(households, first, last) as award").select("award.*").collect().foreach(println)
System.exit(0)
