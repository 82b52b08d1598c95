(function () {
  var root = document.documentElement;
  var buttons = document.querySelectorAll(".switch button");
  function speak(lang) {
    root.lang = lang;
    root.dataset.lang = lang;
    buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(b.dataset.to === lang)); });
  }
  buttons.forEach(function (b) { b.addEventListener("click", function () { speak(b.dataset.to); }); });
  if (location.hash === "#en") speak("en");
  document.querySelectorAll(".tools [hidden]").forEach(function (e) { e.hidden = false; });
  document.querySelector(".print").addEventListener("click", function () { window.print(); });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (d) { d.open = true; opened.push(d); });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
    opened = [];
  });
})();
