package dev.mettle.report;

import java.util.List;
import java.util.Optional;

/** Figures of the synthetic runs of the report's tests, which only this package can see. */
public final class SyntheticFigures {
    private SyntheticFigures() {}

    /** Returns the figures of a race of 48 candidates with two winners and a baseline. */
    public static List<Figure> ofAnOrdinaryRun() {
        SyntheticRun run = new SyntheticRun();
        run.per = Optional.of("bias");
        return Figure.of(
                run.withCandidates(48).race(10).certify().withBaseline("calibrated energy sum"));
    }

    /** Returns the figures of 6,912 candidates with up to 50 trainings. */
    public static List<Figure> ofALargeRun() {
        SyntheticRun run = new SyntheticRun();
        run.instances = 50;
        run.per = Optional.of("bias");
        return Figure.of(run.withCandidates(6912).race(50).certify());
    }

    /** Returns the figures of 345,600 trainings, 50 of each candidate of the whole space. */
    public static List<Figure> ofAnExhaustiveRun() {
        return Figure.of(new ExhaustiveRun());
    }

    /** Returns the figures of a run in which every training exploded. */
    public static List<Figure> ofARunWhereAllExplode() {
        SyntheticRun run = new SyntheticRun();
        run.fragile = 1;
        run.explosion = 1;
        return Figure.of(run.withCandidates(12).race(10));
    }

    /** Returns the figures of a run with crossed grids, one of them with arms and failures. */
    public static List<Figure> ofGrids() {
        SyntheticRun run = new SyntheticRun().withCandidates(2).race(0);
        SyntheticGrid.add(run, run.candidates().get(0).id(), 40, key -> key.init() == 3, 16, 16);
        SyntheticGrid.add(run, run.candidates().get(1).id(), 0, _ -> false, 4, 4, 3);
        return Figure.of(run);
    }

    /** Returns the figures of a run that has not begun: none. */
    public static List<Figure> ofARunWithoutTrainings() {
        return Figure.of(new SyntheticRun().withCandidates(3).race(0));
    }

    /** Returns the figures of a run whose names are markup. */
    public static List<Figure> ofAHostileRun(String hostile) {
        SyntheticRun run = new SyntheticRun();
        run.study = hostile;
        run.target = hostile;
        run.per = Optional.of(hostile);
        run.fragile = 0;
        for (int i = 0; i < 8; i++) {
            java.util.SequencedMap<String, String> settings = new java.util.LinkedHashMap<>();
            settings.put(hostile, hostile + i % 2);
            run.add(new dev.mettle.core.run.CandidateRecord("<b>" + i + hostile, settings, 10));
        }
        return Figure.of(run.race(10).certify().withBaseline(hostile));
    }
}
