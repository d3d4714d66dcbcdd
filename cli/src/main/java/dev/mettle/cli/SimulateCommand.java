package dev.mettle.cli;

import picocli.CommandLine.Command;

/** {@code simulate}: data made up from physics. */
@Command(
        name = "simulate",
        description = "Makes simulated data.",
        synopsisSubcommandLabel = "KIND",
        subcommands = SimulateCalorimeterCommand.class,
        footer = {
            "",
            "Example: mettle simulate calorimeter --events 60000 --seed 1 --out showers.npz"
        })
final class SimulateCommand {}
