import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/** A node with the modules that are named as arguments: Maven Central has the jars of OpenSearch, not its distribution. */
public class OpenSearch extends Node {
  OpenSearch(Environment environment, Collection<Class<? extends Plugin>> modules) {
    super(environment, modules, true);
  }

  public static void main(String[] modules) throws Exception {
    Path home = Path.of(System.getProperty("opensearch.home"));
    Settings settings = Settings.builder()
        .loadFromPath(home.resolve("config/opensearch.yml"))
        .put("path.home", home.toString())
        .build();
    LogConfigurator.setNodeName(settings.get("node.name"));
    List<Class<? extends Plugin>> classes = new ArrayList<>();
    for (String module : modules) classes.add(Class.forName(module).asSubclass(Plugin.class));
    OpenSearch node = new OpenSearch(new Environment(settings, home.resolve("config")), classes);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        node.close();
      } catch (Exception error) {
        error.printStackTrace();
      }
    }));
    node.start();
    if (Boolean.getBoolean("opensearch.trial")) System.exit(0);
    new CountDownLatch(1).await();
  }
}
