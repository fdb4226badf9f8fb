import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import libpilot.Pilot;

/**
 * The one call over HTTP, without a framework: POST a request, get the response.
 *
 * <p>{@code java -cp ... CallServer.java [PORT]} serves this machine alone; without a port it takes a free one.
 */
final class CallServer {
    private static final int REQUEST_MAX = 16 << 20;

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        server.setExecutor(threads);
        server.createContext("/call", CallServer::answer);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/call");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readNBytes(REQUEST_MAX + 1);
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                exchange.sendResponseHeaders(405, -1);
            } else if (request.length > REQUEST_MAX) {
                exchange.sendResponseHeaders(413, -1);
            } else {
                // What is wrong with a request is in the response: it is an answer, too.
                byte[] response = Pilot.call(request);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, response.length);
                exchange.getResponseBody().write(response);
            }
        }
    }
}
