// How numbers, durations and times are shown. Unknown is a dash, never a zero.

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3, notation: 'compact' });
const RATE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const UNKNOWN = '–';

export function isKnown(value) {
	return value !== null && value !== undefined;
}

export function number(value) {
	return isKnown(value) ? NUMBER.format(value) : UNKNOWN;
}

export function messages(count) {
	return `${number(count)} ${count === 1 ? 'message' : 'messages'}`;
}

export function short(value) {
	return isKnown(value) ? (Math.abs(value) < 10000 ? NUMBER.format(value) : SHORT.format(value)) : UNKNOWN;
}

export function rate(value) {
	return isKnown(value) ? (value >= 1000 ? NUMBER.format(value) : RATE.format(value)) : UNKNOWN;
}

/** Reads an ISO-8601 duration of days, hours, minutes and seconds; in seconds. */
export function seconds(iso) {
	const match = /^(-)?P(?:(\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+(?:\.\d+)?)S)?)?$/.exec(iso ?? '');
	if (!match) {
		return null;
	}
	const [, minus, days, hours, minutes, rest] = match;
	const total = (days ?? 0) * 86400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + Number(rest ?? 0);
	return minus ? -total : total;
}

/** Shows seconds in the two units that matter. */
export function span(total) {
	if (!isKnown(total)) {
		return UNKNOWN;
	}
	if (total === 0) {
		return '0';
	}
	if (total < 0.001) {
		return `${Math.round(total * 1e6)} µs`;
	}
	if (total < 1) {
		return `${(total * 1000).toPrecision(total < 0.1 ? 2 : 3).replace(/\.0+$/, '')} ms`;
	}
	if (total < 60) {
		return `${total < 10 ? Number(total.toFixed(1)) : Math.round(total)} s`;
	}
	const whole = Math.round(total);
	if (whole < 3600) {
		return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ''}`;
	}
	if (whole < 86400) {
		return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
	}
	return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

export function duration(iso) {
	return span(seconds(iso));
}

export function time(instant) {
	return isKnown(instant) ? TIME.format(new Date(instant)) : UNKNOWN;
}

export function date(instant) {
	return isKnown(instant) ? DATE.format(new Date(instant)) : UNKNOWN;
}

export function ago(instant) {
	return isKnown(instant) ? span(Math.max(0, Math.round((Date.now() - new Date(instant)) / 1000))) : UNKNOWN;
}

export function bytes(size) {
	if (!isKnown(size)) {
		return UNKNOWN;
	}
	return size < 1024 ? `${size} B` : size < 1048576 ? `${(size / 1024).toFixed(1)} KiB` : `${(size / 1048576).toFixed(1)} MiB`;
}

/** The end of a class name, which is what people know it by. */
export function simpleName(className) {
	return String(className ?? '').split('.').pop();
}
