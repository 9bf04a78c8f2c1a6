// SPDX-License-Identifier: Apache-2.0
// What the report can do beyond reading: switch the language, filter large tables,
// unfold what a link leads to. Without this script everything is still readable.
(function () {
  'use strict';
  var root = document.documentElement;
  var all = function (selector, from) {
    return Array.prototype.slice.call((from || document).querySelectorAll(selector));
  };

  // ---- language
  var buttons = all('.switch button');
  function setLanguage(lang) {
    root.lang = lang;
    root.dataset.lang = lang;
    document.title = document.querySelector('title').dataset[lang];
    buttons.forEach(function (b) {
      b.setAttribute('aria-pressed', String(b.lang === lang));
    });
  }
  buttons.forEach(function (b) {
    b.addEventListener('click', function () { setLanguage(b.lang); });
  });
  all('.switch').forEach(function (s) { s.hidden = false; });
  var wanted = /[?&]lang=(ja|en)\b/.exec(location.search);
  setLanguage(wanted ? wanted[1] : root.dataset.lang);

  // ---- tables: rows that hold every word that was typed
  function filter(table, words, output) {
    var shown = 0;
    all('tbody', table).forEach(function (body) {
      var hits = 0;
      all('tr:not(.group)', body).forEach(function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !words.every(function (w) { return text.indexOf(w) >= 0; });
        if (!row.hidden) hits++;
      });
      var fold = body.closest('details');
      if (fold) {
        fold.hidden = hits === 0;
        if (words.length) fold.open = hits > 0;
      } else {
        body.hidden = hits === 0;
      }
      shown += hits;
    });
    output.textContent = String(shown);
  }
  all('.filter').forEach(function (box) {
    var input = box.querySelector('input');
    var output = box.querySelector('output');
    box.hidden = false;
    input.addEventListener('input', function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      filter(box.parentElement, words, output);
    });
  });

  // ---- links into folds
  function unfold() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (var fold = target.closest('details'); fold; fold = fold.parentElement.closest('details'))
      fold.open = true;
    target.scrollIntoView();
  }
  window.addEventListener('hashchange', unfold);
  if (location.hash) unfold();

  // ---- what does not fit can be scrolled with the keyboard
  function reachable() {
    all('.scroll, .picture').forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    });
  }
  window.addEventListener('resize', reachable);
  reachable();

  // ---- contents: folded on a phone, the section in view marked
  var contents = document.querySelector('.contents details');
  if (contents && window.matchMedia('(max-width: 69.99rem)').matches) contents.open = false;
  var links = {};
  all('.contents a[href]').forEach(function (a) { links[a.hash.slice(1)] = a; });
  var visible = {};
  function markCurrent() {
    var current = null;
    Object.keys(links).forEach(function (id) {
      links[id].removeAttribute('aria-current');
      if (visible[id] && (!current || links[id].closest('li li'))) current = current && current.closest('li li') ? current : links[id];
    });
    if (current) current.setAttribute('aria-current', 'true');
  }
  if ('IntersectionObserver' in window) {
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (e) { visible[e.target.id] = e.isIntersecting; });
      markCurrent();
    }, {rootMargin: '-15% 0px -75% 0px'});
    all('section[id]').forEach(function (s) { if (links[s.id]) observer.observe(s); });
  }

  // ---- on paper everything is unfolded
  var folded = [];
  window.addEventListener('beforeprint', function () {
    folded = all('details:not([open])');
    folded.forEach(function (d) { d.open = true; });
  });
  window.addEventListener('afterprint', function () {
    folded.forEach(function (d) { d.open = false; });
  });
}());
