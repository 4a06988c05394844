// What every page of the console does in the browser: times in the viewer's zone, and a few small helps.
"use strict";

// htmx reads HTML that comes from this server alone, whose templates have escaped it; nothing may make scripts of text.
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", { createHTML: (html) => html });
}

(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const two = (number) => String(number).padStart(2, "0");

  const clock = (at) => two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds());
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
  const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const exact = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "full", timeStyle: "long",
  });

  const isSameDay = (one, other) => one.toDateString() === other.toDateString();

  function moment(at, now) {
    if (isSameDay(at, now)) {
      return clock(at);
    }
    const date = at.getFullYear() === now.getFullYear() ? day : dayOfYear;
    return date.format(at) + ", " + clock(at);
  }

  function length(seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return Math.floor(seconds / 60) + ":" + two(seconds % 60) + " min";
    }
    if (seconds < 86400) {
      return Math.floor(seconds / 3600) + ":" + two(Math.floor(seconds / 60) % 60) + " h";
    }
    const days = Math.floor(seconds / 86400);
    return days + (days === 1 ? " day" : " days");
  }

  const styles = {
    moment,
    clock: (at) => clock(at),
    precise: (at) => clock(at) + "." + String(at.getMilliseconds()).padStart(3, "0"),
    date: (at) => dayOfYear.format(at),
    since: (at, now) => length(Math.max(0, Math.floor((now - at) / 1000))),
    ago: (at, now) => length(Math.max(0, Math.floor((now - at) / 1000))) + " ago",
  };

  function show(time) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) {
      return;
    }
    const text = (styles[time.dataset.style] || moment)(at, new Date());
    if (time.textContent !== text) {
      time.textContent = text;
    }
    if (!time.title) {
      time.title = exact.format(at) + " · " + time.dateTime;
    }
  }

  // A field says itself whether something is wrong with it.
  function mark(problem) {
    document.querySelectorAll('[aria-describedby~="' + CSS.escape(problem.id) + '"]').forEach((field) => {
      if (problem.textContent.trim()) {
        field.setAttribute("aria-invalid", "true");
      } else {
        field.removeAttribute("aria-invalid");
      }
    });
  }

  function prepare(root) {
    root.querySelectorAll(".problem[id]").forEach(mark);
    root.querySelectorAll("time[datetime]").forEach(show);
    root.querySelectorAll("input[data-zone]").forEach((input) => { input.value = zone; });
  }

  // Whatever htmx puts into the page later is prepared as well.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) {
          if (node.matches("time[datetime]")) {
            show(node);
          }
          if (node.matches(".problem[id]")) {
            mark(node);
          }
          prepare(node);
        }
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  prepare(document);

  // On a phone the navigation is wider than the page.
  const current = document.querySelector(".side nav [aria-current]");
  if (current) {
    current.scrollIntoView({ block: "nearest", inline: "center" });
  }
  setInterval(() => {
    document.querySelectorAll('time[data-style="since"], time[data-style="ago"]').forEach(show);
  }, 1000);

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const target = document.querySelector('[data-focus-key="' + CSS.escape(event.key) + '"]');
    if (target) {
      event.preventDefault();
      target.focus();
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) {
      return;
    }
    const source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.textContent).then(() => {
      const word = button.textContent;
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = word; }, 1500);
    });
  });
})();
