// Reports where the mouse was, in batches, and errors of the page's scripts. Nothing here waits for an answer.
(() => {
	"use strict";

	const pause = 80;
	const batch = 100;
	const page = location.pathname.slice(0, 200);
	let points = [];
	let last = 0;

	const send = (path, body) =>
		navigator.sendBeacon(path, new Blob([JSON.stringify(body)], { type: "application/json" }));

	const flush = () => {
		if (points.length > 0) {
			send("/beacon/mouse", { page, points });
			points = [];
		}
	};

	const thousandths = (value, extent) =>
		Math.min(1000, Math.max(0, Math.round((1000 * value) / Math.max(1, extent))));

	addEventListener("mousemove", (event) => {
		if (event.timeStamp - last < pause) {
			return;
		}
		last = event.timeStamp;
		points.push({ x: thousandths(event.clientX, innerWidth), y: thousandths(event.clientY, innerHeight) });
		if (points.length >= batch) {
			flush();
		}
	});

	addEventListener("error", (event) => send("/beacon/component-error", {
		component: (event.error && event.error.component) || "script",
		page,
		message: String(event.message).slice(0, 500)
	}));

	document.querySelectorAll("[data-break]").forEach((button) => button.addEventListener("click", () => {
		button.textContent = "a script (broken)";
		const error = new Error("The reader has lost its voice");
		error.component = button.dataset.component;
		throw error;
	}));

	setInterval(flush, 3000);
	addEventListener("pagehide", flush);
})();
