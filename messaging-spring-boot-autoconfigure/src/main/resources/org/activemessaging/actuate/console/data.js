// The endpoint, asked again and again, and what it has said lately.

const POINTS = 150;
const INTERVAL = 2000;
const STORE = 'messaging.history';
const STORED_SERIES = 300;

const BASE = location.pathname.replace(/\/console\/?$/, '');

const listeners = new Set();
const series = new Map();

export const data = { view: null, doctor: null, at: 0, failure: null, writable: null };

export class EndpointError extends Error {

	constructor(status, message) {
		super(message);
		this.status = status;
	}

}

function headers(body) {
	const result = { Accept: 'application/json' };
	if (body) {
		result['Content-Type'] = 'application/json';
		const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie);
		if (token) {
			result['X-XSRF-TOKEN'] = decodeURIComponent(token[1]);
		}
	}
	return result;
}

const REFUSED = {
	401: 'Please sign in to the application first.',
	403: 'This is not allowed: you lack the permission, or the operation is not switched on.',
	404: 'The endpoint does not know this.',
	405: 'The endpoint only reads. Set management.endpoint.messaging.access=unrestricted to change something.',
};

/** Sends a request below the endpoint; its path is made of segments. */
export async function request(segments, parameters = null, body = null) {
	const path = segments.map(encodeURIComponent).join('/');
	const query = parameters ? `?${new URLSearchParams(parameters)}` : '';
	const response = await fetch(`${BASE}${path ? `/${path}` : ''}${query}`, {
		method: body ? 'POST' : 'GET',
		headers: headers(body),
		body: body ? JSON.stringify(body) : undefined,
		credentials: 'same-origin',
		redirect: 'error',
	});
	const answer = await response.json().catch(() => null);
	if (!response.ok) {
		throw new EndpointError(response.status,
				(response.status !== 405 && answer?.error && answer.error !== 'Not Found') ? answer.error
						: REFUSED[response.status] ?? `The endpoint answers ${response.status}.`);
	}
	return answer;
}

export const get = (...segments) => request(segments);

export const post = (segments, body) => request(segments, null, body);

/** Learns whether the endpoint takes changes, without making one. */
async function learnAccess() {
	try {
		const response = await fetch(`${BASE}/processors/any`, { method: 'OPTIONS', credentials: 'same-origin' });
		const allow = response.headers.get('Allow');
		data.writable = allow ? allow.includes('POST') : null;
	}
	catch {
		data.writable = null;
	}
}

function record(key, time, value) {
	let points = series.get(key);
	if (!points) {
		points = { times: [], values: [] };
		series.set(key, points);
	}
	points.times.push(time);
	points.values.push(value ?? null);
	if (points.times.length > POINTS) {
		points.times.shift();
		points.values.shift();
	}
}

export function history(key) {
	return series.get(key) ?? { times: [], values: [] };
}

export function queueKey(queue) {
	return `depth ${queue.name}`;
}

function remember(view) {
	const now = Date.now() / 1000;
	for (const [id, processor] of Object.entries(view.processors)) {
		record(`rate ${id}`, now, processor.rate);
		record(`inFlight ${id}`, now, processor.inFlight);
	}
	for (const destination of Object.values(view.destinations)) {
		for (const queue of destination.queues) {
			record(queueKey(queue), now, queue.depth);
			record(`dead ${queue.name}`, now, queue.deadLetters.depth);
		}
	}
}

function restore() {
	try {
		const stored = JSON.parse(sessionStorage.getItem(STORE) ?? '[]');
		const oldest = Date.now() / 1000 - POINTS * INTERVAL / 1000;
		for (const [key, points] of stored) {
			if (points.times.at(-1) > oldest) {
				series.set(key, points);
			}
		}
	}
	catch {
		sessionStorage.removeItem(STORE);
	}
}

function store() {
	if (series.size <= STORED_SERIES) {
		sessionStorage.setItem(STORE, JSON.stringify([...series]));
	}
}

/** Has a function called after each answer; returns what ends it. */
export function onChange(listener) {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

export async function refresh() {
	try {
		const [view, doctor] = await Promise.all([get(), get('doctor')]);
		remember(view);
		Object.assign(data, { view, doctor, at: Date.now(), failure: null });
	}
	catch (failure) {
		data.failure = failure instanceof EndpointError ? failure.message : 'The application does not answer.';
	}
	listeners.forEach((listener) => listener());
}

async function poll() {
	const begin = performance.now();
	if (!document.hidden) {
		await refresh();
	}
	// An endpoint that is slow to answer is not asked all the time.
	setTimeout(poll, Math.max(INTERVAL, 4 * (performance.now() - begin)));
}

export function start() {
	restore();
	addEventListener('pagehide', store);
	document.addEventListener('visibilitychange', () => document.hidden || refresh());
	learnAccess();
	poll();
}
