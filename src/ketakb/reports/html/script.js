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
