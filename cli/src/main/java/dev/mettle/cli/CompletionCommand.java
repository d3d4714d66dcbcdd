package dev.mettle.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code completion}: the script by which bash and zsh complete commands and options. */
@Command(
        name = "completion",
        description = {
            "Prints a script with which bash or zsh completes commands, options and files.",
            "bash: source <(./mettle completion). zsh: the same, after autoload -U +X compinit &&"
                    + " compinit && autoload -U +X bashcompinit && bashcompinit."
        },
        footer = {"", "Example: source <(./mettle completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.result(AutoComplete.bash("mettle", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
