package dev.mettle.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands; those that print are given the console. */
final class CommandFactory implements IFactory {
    private final IFactory standard = CommandLine.defaultFactory();
    private final Console console;

    CommandFactory(Console console) {
        this.console = console;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        try {
            return type.getDeclaredConstructor(Console.class).newInstance(console);
        } catch (NoSuchMethodException _) {
            return standard.create(type);
        }
    }
}
