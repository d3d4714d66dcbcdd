"""Score against trainings as SVG: a line for each method with more than one budget, a mark for each other. Methods differ by
mark and dash, not only by colour, so the plot can be printed in grey; the names stand beside the marks."""
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

COLOURS = ("#000000", "#0072b2", "#d55e00", "#6b6b6b", "#009e73")
MARKS = "os^Dv<>pP*X"  # 5, 11 and 6 have no common factor, so that 55 methods differ
DASHES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)), (0, (8, 3)))
FLOOR = 0.1  # percent: a regret of nothing is drawn here
WIDTH_CM, HEIGHT_CM, POINTS = 17.0, 11.0, 9
SETTINGS = {"font.size": POINTS, "font.family": "DejaVu Sans", "figure.dpi": 72, "svg.fonttype": "path",
            "svg.hashsalt": "mettle", "axes.spines.top": False, "axes.spines.right": False}


def draw(rows, path):
    """Writes the plot of the rows of score.py; the same bytes for the same rows."""
    with plt.rc_context(SETTINGS):
        figure = build(rows)
        figure.savefig(path, format="svg", metadata={"Date": None, "Title": "Regret against trainings"})
        plt.close(figure)


def build(rows):
    figure, axes = plt.subplots(figsize=(WIDTH_CM / 2.54, HEIGHT_CM / 2.54), layout="constrained")
    rows = [row for row in rows if row["mean"] < float("inf")]
    axes.set(xscale="log", yscale="log", xlabel="trainings (mean over the repeats)",
             ylabel="regret in the true mean of the pick")
    axes.margins(x=0.06, y=0.08)
    number = FuncFormatter(lambda value, _: f"{value:,.10g}")
    share = FuncFormatter(lambda value, _: f"{value:,.10g} %")
    names = []
    for k, method in enumerate(dict.fromkeys(row["method"] for row in rows)):
        points = sorted(((row["trainings"], row) for row in rows if row["method"] == method), key=lambda point: point[0])
        names.append(line(axes, k, method, [row for _, row in points]))
    low, high = axes.get_xlim()
    axes.set_xlim(low, high * (high / low) ** 0.16)  # room for the names on the right
    for axis, text in ((axes.xaxis, number), (axes.yaxis, share)):
        axis.set_major_locator(LogLocator(subs=(1, 3) if axis is axes.xaxis else (1, 2, 5)))
        axis.set_major_formatter(text)
        axis.set_minor_formatter(NullFormatter())
    axes.grid(which="major", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # places are found for this layout
    place(figure, axes, names)
    return figure


def line(axes, k, method, rows):
    """Draws a method; returns its name's text and where its last mark is, in data."""
    x = [row["trainings"] for row in rows]
    y = [max(row["mean"], FLOOR) for row in rows]
    ends = [row["interval"] if row["interval"] is not None else (value, value) for row, value in zip(rows, y)]
    around = [[max(value - max(low, FLOOR), 0) for value, (low, _) in zip(y, ends)],
              [max(high - value, 0) for value, (_, high) in zip(y, ends)]]
    colour = COLOURS[k % len(COLOURS)]
    axes.errorbar(x, y, yerr=around, color=colour, linestyle=DASHES[k % len(DASHES)], marker=MARKS[k % len(MARKS)],
                  markersize=5, markerfacecolor="white" if k % 2 else colour, linewidth=1.2, elinewidth=0.6, capsize=1.5)
    name = axes.text(x[-1], y[-1], method, color=colour, va="center", in_layout=False,
                     path_effects=[withStroke(linewidth=2.5, foreground="white")])
    return name, (x[-1], y[-1]), list(zip(x, y))


def place(figure, axes, names):
    """Puts each name where it covers no other name and no mark: beside its last mark, then in growing rings around it. The
    most to the right first, since they have the least room."""
    renderer = figure.canvas.get_renderer()
    pixels = figure.dpi / 72
    marks = [axes.transData.transform(point) for _, _, points in names for point in points]
    taken = [(x - 4 * pixels, y - 4 * pixels, x + 4 * pixels, y + 4 * pixels) for x, y in marks]
    frame = axes.get_window_extent(renderer)
    for text, last, _ in sorted(names, key=lambda name: -name[1][0]):
        box = text.get_window_extent(renderer)
        x, y = axes.transData.transform(last)
        left, bottom, cost = min(((left, bottom, cost) for left, bottom, cost in around(x, y, box, pixels, frame)
                                  if not any(overlap((left, bottom, left + box.width, bottom + box.height), other)
                                             for other in taken)),
                                 key=lambda spot: spot[2], default=(x + 6 * pixels, y - box.height / 2, 0))
        at = axes.transAxes.inverted().transform((left, bottom + box.height / 2))
        text.set(x=at[0], y=at[1], transform=axes.transAxes)
        taken.append((left - pixels, bottom - pixels, left + box.width + pixels, bottom + box.height + pixels))
        if cost > 30 * pixels:
            axes.annotate("", xy=axes.transAxes.inverted().transform((x, y)), xytext=at, xycoords="axes fraction",
                          arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": "#888888"})


def around(x, y, box, pixels, frame):
    """Left and bottom of the places for a name, inside the frame, with their distance to the preferred one."""
    for dy in range(-120, 121, 3):
        for side in (8, -8 - box.width / pixels, -box.width / pixels / 2, 30, 60):
            left, bottom = x + side * pixels, y + dy * pixels - box.height / 2
            if (frame.x0 <= left and left + box.width <= frame.x1 + 10 * pixels and frame.y0 + 2 <= bottom
                    and bottom + box.height <= frame.y1):
                yield left, bottom, abs(dy) * pixels + (0 if side == 8 else 6 * pixels + abs(side) * pixels / 8)


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
