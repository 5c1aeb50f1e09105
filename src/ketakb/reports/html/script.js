(function () {
  "use strict";
  function each(selector, act, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), act);
  }
  // what is folded opens for print, and where a link points into it
  function unfold(node) {
    for (; node && node.nodeType === 1; node = node.parentNode) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
  }
  function follow() {
    var name = location.hash.slice(1);
    var target = name && document.getElementById(name);
    if (!target) { return; }
    unfold(target);
    each("details", function (inner) { inner.open = true; }, target);
    target.scrollIntoView({ block: "nearest" });
  }
  window.addEventListener("hashchange", follow);
  follow();
  var folded = [];
  window.addEventListener("beforeprint", function () {
    each("details:not([open])", function (node) { folded.push(node); node.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (node) { node.open = false; });
    folded = [];
  });
  // tables of all sources: one topic's column, sources by their words, only what contradicts
  each("form[data-tables]", function (form) {
    function apply() {
      var topic = form.elements.topic.value, words = form.elements.words.value.trim().toLowerCase();
      var against = form.elements.against.checked, some = Boolean(topic || words || against), shown = 0;
      each("details.bysource", function (group) {
        var heads = Array.prototype.slice.call(group.querySelectorAll("thead th")), found = 0, kind = null;
        var columns = heads.map(function (head, at) { return at === 0 || !topic || head.dataset.topic === topic; });
        var here = !topic || columns.indexOf(true, 1) > 0;
        heads.forEach(function (head, at) { head.hidden = !columns[at]; });
        each("tbody tr", function (row) {
          if (row.className === "kind") { row.hidden = true; kind = row; return; }
          var told = false;
          Array.prototype.forEach.call(row.cells, function (cell, at) {
            cell.hidden = !columns[at];
            var counts = against ? cell.querySelector(".contradicts") : cell.firstElementChild;
            if (at && columns[at] && counts) { told = true; }
          });
          row.hidden = !(here && told && (!words || row.cells[0].textContent.toLowerCase().indexOf(words) >= 0));
          if (!row.hidden) { found += 1; if (kind) { kind.hidden = false; } }
        }, group);
        group.hidden = some && !found;
        if (some && found) { group.open = true; }
        shown += found;
      });
      form.querySelector("output").textContent = some ? shown + (shown === 1 ? " row" : " rows") : "";
    }
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.hidden = false;
    apply();
  });
  each("form[data-filter]", function (form) {
    function apply() {
      var topic = form.elements.topic.value, kinds = {}, shown = 0, all = 0, hidden = {};
      each("input[name=severity]", function (box) { kinds[box.value] = box.checked; }, form);
      each("article.remark", function (note) {
        var kept = kinds[note.dataset.severity] && (!topic || note.dataset.topic === topic);
        note.hidden = !kept;
        hidden[note.id] = !kept;
        all += 1;
        shown += kept ? 1 : 0;
      });
      each("[data-notes]", function (mark) {
        var off = mark.dataset.notes.split(" ").every(function (id) { return hidden[id]; });
        mark.classList.toggle("off", off);
      });
      form.querySelector("output").textContent = shown + " of " + all + (all === 1 ? " note shown" : " notes shown");
    }
    form.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.hidden = false;
    apply();
  });
})();
