import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes one after another until one fails; prints the first failed test. Exit code 1 after a failure. */
final class RunTests {
    private RunTests() {}

    public static void main(String[] classes) throws ClassNotFoundException {
        for (String name : classes) {
            var listener = new SummaryGeneratingListener();
            var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Class.forName(name))).build();
            LauncherFactory.create().execute(request, listener);
            var summary = listener.getSummary();
            if (summary.getTestsFoundCount() == 0) {
                System.out.println("no test in " + name);
                System.exit(2);
            }
            if (!summary.getFailures().isEmpty()) {
                System.out.println(name.substring(name.lastIndexOf('.') + 1) + " "
                        + summary.getFailures().getFirst().getTestIdentifier().getDisplayName());
                System.exit(1);
            }
        }
        System.exit(0);
    }
}
