// Draws every plot of the page from the specification beside it. The page is complete without: all numbers are text.
(function () {
  'use strict';
  var options = {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: {export: {svg: true, png: true}, source: false, compiled: false, editor: false}
  };
  document.querySelectorAll('.plot').forEach(function (place) {
    var spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
    spec.autosize = {type: 'fit-x', contains: 'padding'};
    var settings = Object.assign({downloadFileName: place.id}, options);
    vegaEmbed(place, spec, settings).catch(function (error) {
      place.textContent = 'This plot could not be drawn: ' + error.message;
      console.error(error);
    });
  });
})();
