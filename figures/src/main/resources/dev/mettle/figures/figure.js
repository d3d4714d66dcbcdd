// Draws a specification of the report as SVG for print, where there is no browser. Vega and Vega-Lite are loaded after
// this file (they look for structuredClone), `draw` is called once per figure.
(function (global) {
  'use strict';
  var widths = {normal: {}, bold: {}};

  // What it has here is JSON.
  global.structuredClone = function clone(value) {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(clone);
    var copy = {};
    Object.keys(value).forEach(function (key) { copy[key] = clone(value[key]); });
    return copy;
  };

  // Takes the table of widths: lists of thousandths of the font size, by the code of their first character.
  global.useWidths = function (text) {
    var table = JSON.parse(text);
    Object.keys(table).forEach(function (weight) {
      Object.keys(table[weight]).forEach(function (first) {
        table[weight][first].forEach(function (width, i) { widths[weight][Number(first) + i] = width; });
      });
    });
  };

  // Replaces Vega's estimate for places without a canvas, 0.8 of the font size for every character.
  function width(item, text) {
    var table = item.fontWeight === 'bold' || item.fontWeight >= 600 ? widths.bold : widths.normal;
    var sum = 0;
    for (var character of String(text === null || text === undefined ? '' : text).trim()) {
      var known = table[character.codePointAt(0)];
      sum += known === undefined ? 1000 : known; // a wide script
    }
    var pixels = sum / 1000 * global.vega.textMetrics.height(item);
    return item.limit > 0 ? Math.min(pixels, item.limit) : pixels;
  }

  // Starts drawing; the answer is in `drawn` when all promises are settled.
  global.draw = function (text, pixels, fonts) {
    global.drawn = {};
    global.vega.textMetrics.width = width;
    var spec = JSON.parse(text);
    spec.width = pixels;
    spec.autosize = {type: 'fit-x', contains: 'padding'};
    spec.config.font = fonts;
    spec.config.aria = false; // descriptions of each mark, for browsers; half of a file
    var compiled = global.vegaLite.compile(spec).spec;
    var view = new global.vega.View(global.vega.parse(compiled), {renderer: 'none', logLevel: global.vega.Warn});
    view.toSVG().then(
      function (svg) { global.drawn.svg = svg; view.finalize(); },
      function (error) { global.drawn.error = String(error); });
  };
})(globalThis);
