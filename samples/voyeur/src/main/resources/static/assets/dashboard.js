// Draws what /voyeur/data and /actuator/messaging say, every two seconds.
(() => {
	"use strict";

	const period = 2000;
	const board = document.querySelector(".board");
	const byId = (id) => document.getElementById(id);
	const count = new Intl.NumberFormat("en");
	const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

	/* Elements */

	const element = (name, content, attributes = {}) => {
		const made = document.createElement(name);
		Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
		made.append(...[content].flat());
		return made;
	};

	const shape = (name, attributes, ...content) => {
		const made = document.createElementNS("http://www.w3.org/2000/svg", name);
		Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
		made.append(...content);
		return made;
	};

	const number = (value) => (value === null || value === undefined) ? "–" : count.format(value);

	const millis = (value) => {
		if (value === null || value === undefined) {
			return "–";
		}
		return value >= 100 ? count.format(Math.round(value)) : value.toFixed(value >= 10 ? 0 : 1);
	};

	const row = (...cells) => element("tr", cells.map((cell) => (typeof cell === "object" && cell !== null)
		? element("td", number(cell.number), { class: "number" }) : element("td", cell ?? "–")));

	const fill = (id, rows, columns, nothing) => byId(id).querySelector("tbody").replaceChildren(...(rows.length
		? rows : [element("tr", element("td", nothing, { class: "empty", colspan: columns }))]));

	/* Charts */

	const width = 640;
	const height = 190;
	const left = 40;
	const bottom = 20;
	const top = 8;

	const linear = (highest) => {
		const power = 10 ** Math.floor(Math.log10(highest));
		const limit = [1, 2, 3, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= highest);
		return { part: (value) => value / limit, ticks: [0, limit / 2, limit] };
	};

	const logarithmic = (highest) => {
		const powers = Math.max(1, Math.ceil(Math.log10(highest)));
		return {
			part: (value) => Math.max(0, Math.log10(Math.max(value, 1)) / powers),
			ticks: Array.from({ length: powers + 1 }, (none, power) => 10 ** power)
		};
	};

	const frame = (label, intervals, { part, ticks }) => {
		const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
		const x = (index) => left + (index + 0.5) * (width - left) / intervals.length;
		const y = (value) => height - bottom - part(value) * (height - bottom - top);
		ticks.forEach((tick, index) => svg.append(
			shape("line", { x1: left, x2: width, y1: y(tick), y2: y(tick), class: index ? "grid" : "base" }),
			shape("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, number(+tick.toPrecision(3)))));
		intervals.forEach((interval, index) => {
			if (new Date(interval.from).getSeconds() === 0 && x(index) < width - 16) {
				svg.append(shape("text", { x: x(index), y: height - 4, "text-anchor": "middle" },
					time.format(new Date(interval.from)).slice(0, 5)));
			}
		});
		return { svg, x, y, step: (width - left) / intervals.length };
	};

	const drawClicks = (traffic) => {
		const perSecond = traffic.intervals.map((interval) => interval.clicks / traffic.intervalSeconds);
		const { svg, x, y, step } = frame("Clicks per second", traffic.intervals,
			linear(Math.max(1, ...perSecond)));
		perSecond.forEach((value, index) => {
			if (value > 0) {
				svg.append(shape("rect", {
					x: x(index) - step / 2 + 1, width: step - 2, y: y(value), height: y(0) - y(value), rx: 1.5, class: "bar-one"
				}, shape("title", {}, `${time.format(new Date(traffic.intervals[index].from))}: ${value} per second`)));
			}
		});
		byId("clicks-chart").replaceChildren(svg);
	};

	const drawLatency = (traffic) => {
		const values = traffic.intervals.map((interval) => interval.p95 ?? 0);
		const { svg, x, y } = frame("Page latency in milliseconds", traffic.intervals,
			logarithmic(Math.max(1, ...values)));
		[["p95", "two"], ["p50", "one"]].forEach(([key, series]) => {
			let path = "";
			traffic.intervals.forEach((interval, index) => {
				if (interval[key] !== null) {
					const gap = index === 0 || traffic.intervals[index - 1][key] === null;
					path += `${gap ? "M" : "L"}${x(index).toFixed(1)} ${y(interval[key]).toFixed(1)}`;
					svg.append(shape("circle", { cx: x(index), cy: y(interval[key]), r: 2.5, class: `dot-${series}` },
						shape("title", {}, `${time.format(new Date(interval.from))}: ${millis(interval[key])} ms`)));
				}
			});
			svg.append(shape("path", { d: path, class: `line-${series}` }));
		});
		byId("latency-chart").replaceChildren(svg);
	};

	const drawHeat = ({ columns, rows, cells }) => {
		const size = 20;
		const most = Math.max(1, ...cells);
		const colour = getComputedStyle(document.documentElement).getPropertyValue("--heat");
		const svg = shape("svg", {
			viewBox: `0 0 ${columns * size} ${rows * size}`, role: "img", "aria-label": "Where the mouse was"
		});
		cells.forEach((value, index) => svg.append(shape("rect", {
			x: (index % columns) * size, y: Math.floor(index / columns) * size, width: size - 1, height: size - 1, rx: 2,
			fill: `rgba(${colour}, ${value ? 0.18 + 0.82 * Math.sqrt(value / most) : 0.05})`
		}, shape("title", {}, number(value)))));
		byId("heat").replaceChildren(svg);
	};

	/* Numbers, lists and tables */

	const drawTiles = ({ totals, latency, delay, intervals, intervalSeconds }) => {
		const recent = intervals.slice(-4, -1).reduce((sum, interval) => sum + interval.clicks, 0);
		const tail = ({ p95, p99 }) => `p95 ${millis(p95)} · p99 ${millis(p99)}`;
		const duration = (id, value) => byId(id).replaceChildren(millis(value), element("small", "ms"));
		byId("clicks").textContent = number(totals.clicks);
		byId("rate").textContent = `${(recent / (3 * intervalSeconds)).toFixed(1)} per second now`;
		byId("uniques").textContent = number(totals.uniques);
		byId("per-visitor").textContent = `${(totals.clicks / Math.max(1, totals.uniques)).toFixed(1)} clicks each`;
		duration("latency", latency.p50);
		byId("latency-tail").textContent = tail(latency);
		duration("delay", delay.p50);
		byId("delay-tail").textContent = tail(delay);
		byId("suggested").textContent = number(totals.suggested);
		byId("accepted").textContent = `${number(totals.accepted)} accepted`;
		byId("errors").textContent = number(totals.requestFailures + totals.componentFailures);
		byId("component-errors").textContent = `${number(totals.componentFailures)} in a component`;
		byId("tracks").textContent = `${number(totals.tracks)} tracks, on all pages`;
	};

	const waiting = (destination) => {
		const depths = (destination?.queues ?? []).map((queue) => queue.depth);
		return (depths.length === 0 || depths.includes(null)) ? null : depths.reduce((sum, depth) => sum + depth, 0);
	};

	const drawStreams = (streams, messaging) => fill("streams", streams.map((stream) => {
		const destination = messaging?.destinations?.[stream.name];
		return row(stream.name, destination?.address, { number: stream.published }, { number: waiting(destination) },
			{ number: stream.arrived }, { number: stream.stored }, { number: stream.second });
	}), 7, "");

	const drawPages = (pages) => {
		const most = Math.max(1, ...pages.flatMap((page) => [page.voyeur, page.trends]));
		const meter = (value, series) => element("div", [], {
			class: `meter ${series}`, style: `width: ${100 * value / most}%`
		});
		byId("pages").replaceChildren(...(pages.length ? pages.map((page) => element("li", [
			element("div", [element("span", page.page), element("span", `${number(page.voyeur)} · ${number(page.trends)}`)],
				{ class: "label" }),
			meter(page.voyeur, "one"), meter(page.trends, "two")
		])) : [element("li", "No click yet", { class: "empty" })]));
	};

	const draw = (traffic, messaging) => {
		drawTiles(traffic);
		drawClicks(traffic);
		drawLatency(traffic);
		drawStreams(traffic.streams, messaging);
		drawPages(traffic.topPages);
		fill("queries", traffic.topQueries.map((query) => row(query.terms, { number: query.count }, { number: query.hits })),
			3, "No search yet");
		drawHeat(traffic.heat);
		fill("failures", traffic.failures.map((failure) =>
			row(time.format(new Date(failure.at)), failure.source, failure.what, failure.message)), 4, "No error yet");
	};

	/* The loop */

	const read = async (address) => {
		const response = await fetch(address, { headers: { Accept: "application/json" } });
		if (!response.ok) {
			throw new Error(`${address}: ${response.status}`);
		}
		return response.json();
	};

	const state = (name, text) => {
		byId("state").className = `state ${name}`;
		byId("state").textContent = text;
	};

	const refresh = async () => {
		try {
			const [traffic, messaging] = await Promise.all([
				read(board.dataset.traffic), read(board.dataset.messaging).catch(() => null)
			]);
			draw(traffic, messaging);
			state("live", `live, since ${time.format(new Date(traffic.since))}`);
		}
		catch {
			state("lost", "the analytics do not answer");
		}
		setTimeout(refresh, document.hidden ? 5 * period : period);
	};

	refresh();
})();
