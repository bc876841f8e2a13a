// Shows /videos and /events, and watches /actuator/messaging.
(() => {
	"use strict";

	const byId = (id) => document.getElementById(id);
	const count = new Intl.NumberFormat("en");
	const names = { PHONE: "phone", DESKTOP: "desktop" };
	const cards = new Map();
	let videos = [];

	/* The catalogue */

	const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

	const said = (form) => ({
		WAITING: "waiting",
		DONE: `${form.height}p, ${megabytes(form.bytes)}`,
		FAILED: "given up"
	})[form.state];

	const line = (card, profile) => {
		if (!card.lines.has(profile)) {
			const item = document.createElement("li");
			const name = document.createElement("span");
			const bar = document.createElement("progress");
			const text = document.createElement("span");
			name.textContent = names[profile];
			bar.max = 100;
			bar.value = 0;
			bar.setAttribute("aria-label", names[profile]);
			text.className = "said";
			item.append(name, bar, text);
			card.item.querySelector(".forms").append(item);
			card.lines.set(profile, { item, bar, text, state: "" });
		}
		return card.lines.get(profile);
	};

	const draw = (card, form) => {
		const shown = line(card, form.profile);
		if (shown.state === form.state) {
			return;
		}
		shown.state = form.state;
		shown.item.className = form.state.toLowerCase();
		shown.text.textContent = said(form);
		shown.item.title = form.state === "DONE" ? `by ${form.encoder} in ${form.tookSeconds} s` : "";
		if (form.state === "DONE") {
			shown.bar.value = 100;
		}
	};

	const best = (video) => {
		const done = video.forms.filter((form) => form.state === "DONE");
		const wanted = window.innerWidth * window.devicePixelRatio > 900 ? "DESKTOP" : "PHONE";
		return done.find((form) => form.profile === wanted) ?? done[0];
	};

	const address = (video, form, ending) => `videos/${video.id}/${names[form.profile]}.${ending}`;

	const play = (video) => {
		const player = byId("player");
		player.querySelector("h2").textContent = video.title;
		player.querySelector("video").src = address(video, best(video), "webm");
		player.showModal();
	};

	const card = (video) => {
		const item = byId("video").content.firstElementChild.cloneNode(true);
		item.querySelector("h3").textContent = video.title;
		item.querySelector("h3").title = video.title;
		const made = { item, lines: new Map() };
		item.querySelector(".poster").addEventListener("click", () => play(made.video));
		item.querySelector(".poster").setAttribute("aria-label", `Watch ${video.title}`);
		return made;
	};

	const update = (shown, video) => {
		shown.video = video;
		video.forms.forEach((form) => draw(shown, form));
		const form = best(video);
		const image = shown.item.querySelector("img");
		shown.item.querySelector(".poster").disabled = !form;
		if (form && image.hidden) {
			image.src = address(video, form, "jpg");
			image.hidden = false;
		}
		const cause = video.forms.map((each) => each.cause).find((each) => each);
		shown.item.querySelector(".cause").textContent = cause ?? "";
		shown.item.querySelector(".cause").hidden = !cause;
	};

	const show = (page) => {
		videos = page.videos;
		const known = new Set(videos.map((video) => video.id));
		[...cards.keys()].filter((id) => !known.has(id)).forEach((id) => {
			cards.get(id).item.remove();
			cards.delete(id);
		});
		videos.forEach((video, index) => {
			if (!cards.has(video.id)) {
				cards.set(video.id, card(video));
			}
			const shown = cards.get(video.id);
			update(shown, video);
			const place = byId("videos").children[index];
			if (place !== shown.item) {
				byId("videos").insertBefore(shown.item, place ?? null);
			}
		});
		byId("nothing").hidden = videos.length > 0;
		byId("done").textContent = count.format(page.totals.done);
		byId("failed").textContent = count.format(page.totals.failed);
		finished.push({ at: Date.now(), done: page.totals.done });
	};

	// However many videos are told of, the catalogue is read once a second.
	let reading = false;
	let stale = true;
	const refresh = async () => {
		stale = true;
		if (reading) {
			return;
		}
		reading = true;
		while (stale) {
			stale = false;
			try {
				const response = await fetch("videos");
				if (response.ok) {
					show(await response.json());
				}
			}
			catch {
				// The stream of events tells when the site is back.
			}
			await new Promise((resolve) => setTimeout(resolve, 1000));
		}
		reading = false;
	};

	/* Progress */

	const progress = ({ video, profile, state, percent, encoder }) => {
		if (state === "DONE" || state === "FAILED") {
			refresh();
			return;
		}
		const shown = cards.get(video);
		if (shown) {
			const each = line(shown, profile);
			if (each.state === "WAITING") {
				each.bar.value = percent;
				each.text.textContent = state === "RETRY" ? "once more" : `${percent} %`;
				each.item.title = encoder;
			}
		}
	};

	const events = new EventSource("events");
	events.onopen = () => {
		byId("connection").textContent = "live";
		byId("connection").className = "live";
		refresh();
	};
	events.onerror = () => {
		byId("connection").textContent = "connecting";
		byId("connection").className = "";
	};
	events.onmessage = (event) => progress(JSON.parse(event.data));

	/* Forms */

	byId("upload").addEventListener("submit", async (event) => {
		event.preventDefault();
		const form = event.target;
		const button = form.querySelector("button");
		button.disabled = true;
		byId("answer").textContent = "Uploading …";
		try {
			const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
			const taken = response.ok || response.type === "opaqueredirect";
			byId("answer").textContent = taken ? "Thank you. It is in the queue."
				: response.status === 413 ? "This file is too large." : `This did not work (${response.status}).`;
			if (taken) {
				form.reset();
			}
		}
		catch {
			byId("answer").textContent = "The site cannot be reached. Please try again.";
		}
		button.disabled = false;
		refresh();
	});

	byId("storm").addEventListener("submit", async (event) => {
		event.preventDefault();
		const button = event.target.querySelector("button");
		button.disabled = true;
		await fetch(`storm?clips=${event.target.clips.value}`, { method: "POST" }).catch(() => null);
		refresh();
		setTimeout(() => {
			button.disabled = false;
		}, 3000);
	});

	byId("player").addEventListener("close", () => {
		byId("player").querySelector("video").removeAttribute("src");
		byId("player").querySelector("video").load();
	});

	/* Charts */

	const chart = (id, values, slots, unit) => {
		const svg = byId(id);
		const width = svg.clientWidth || 400;
		const height = svg.clientHeight || 104;
		const top = Math.max(1, ...values);
		svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
		const points = values.map((value, index) => [(slots - values.length + index) * width / (slots - 1),
			height - 2 - value / top * (height - 22)].map((part) => part.toFixed(1)));
		const shape = (name, attributes) => {
			const made = document.createElementNS("http://www.w3.org/2000/svg", name);
			Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
			return made;
		};
		const stroke = points.map((point) => point.join(" ")).join("L");
		const label = shape("text", { x: 0, y: 11 });
		label.textContent = `${count.format(Math.round(top))}${unit}`;
		svg.replaceChildren(label);
		if (points.length > 1) {
			svg.append(shape("path", { class: "area", d: `M${points[0][0]} ${height}L${stroke}L${points.at(-1)[0]} ${height}Z` }),
				shape("path", { d: `M${stroke}` }));
		}
	};

	const keep = (list, value, limit) => {
		list.push(value);
		if (list.length > limit) {
			list.shift();
		}
	};

	/* The queue */

	const finished = [];
	const depths = [];

	const seconds = (iso) => {
		const [, hours, minutes, rest] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso) ?? [];
		return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
	};

	// The endpoint knows how fast the encoders of its own process are. Of others this page
	// has seen what they have finished.
	const drain = (queue) => {
		if (queue.timeToDrain !== null) {
			return seconds(queue.timeToDrain);
		}
		while (finished.length > 2 && Date.now() - finished[0].at > 20000) {
			finished.shift();
		}
		const done = finished.length ? finished.at(-1).done - finished[0].done : 0;
		return done > 0 ? queue.depth * (finished.at(-1).at - finished[0].at) / 1000 / done : null;
	};

	const length = (value) => value === null ? "–" : value < 100 ? `${Math.ceil(value)} s` : `${Math.ceil(value / 60)} min`;

	const watchQueue = async () => {
		try {
			const response = await fetch("actuator/messaging/destinations/encode");
			const queue = (await response.json()).queues[0];
			byId("depth").textContent = queue.depth === null ? "–" : count.format(queue.depth);
			byId("encoders").textContent = queue.consumers ?? "–";
			byId("drain").textContent = queue.depth === null ? "–" : length(drain(queue));
			if (queue.depth !== null) {
				keep(depths, queue.depth, 120);
				chart("depth-chart", depths, 120, "");
			}
		}
		catch {
			byId("depth").textContent = "–";
		}
	};

	/* A visitor */

	const waits = [];
	let views = 0;
	let refused = 0;

	const view = async () => {
		const ready = videos.filter((video) => best(video));
		if (!ready.length || document.hidden) {
			return;
		}
		const video = ready[Math.floor(Math.random() * ready.length)];
		const start = performance.now();
		try {
			const response = await fetch(address(video, best(video), "webm"),
				{ cache: "no-store", headers: { Range: "bytes=0-262143" } });
			await response.arrayBuffer();
			if (!response.ok) {
				throw new Error(response.status);
			}
			views++;
			keep(waits, performance.now() - start, 480);
		}
		catch {
			refused++;
		}
		const sorted = [...waits].sort((one, other) => one - other);
		const part = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
		byId("views").textContent = count.format(views);
		byId("refused").textContent = refused ? `${count.format(refused)} not` : "none failed";
		byId("wait").textContent = `median ${part(0.5)} ms, 99 % within ${part(0.99)} ms`;
		chart("wait-chart", waits, 480, " ms");
	};

	const every = async (period, work) => {
		for (;;) {
			await work();
			await new Promise((resolve) => setTimeout(resolve, period));
		}
	};

	every(1000, watchQueue);
	every(250, view);
})();
