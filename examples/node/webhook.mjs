/*
 * A receiver of Switchhook's webhooks in Node 18 or newer, without any package.
 *
 *     TOKEN=abc123def SECRET=whsec_... CALLS=calls.tsv PORT=8090 node webhook.mjs
 *
 * TOKEN is the value of the header my-super-secret-token, SECRET the webhook's signing secret (leave it out
 * when the webhook does not sign). Each event becomes one line in the file CALLS.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { TOKEN, SECRET = '', CALLS = 'calls.tsv', PORT = '8090' } = process.env;
const TOLERANCE_SECONDS = 300;
const BODY_BYTES_MAX = 1024 * 1024;
const REMEMBERED_MAX = 10_000;

if (!TOKEN) {
  throw new Error('TOKEN is the value of the secret header, and there is none');
}

// What was worked on, and the last event of each call. A Map forgets the oldest first.
const ids = new Map();
const lastOfCall = new Map();

function remember(map, key, value) {
  map.delete(key);
  map.set(key, value);
  if (map.size > REMEMBERED_MAX) {
    map.delete(map.keys().next().value);
  }
}

/** Compares in a time that does not tell how much of a secret was right. */
function isSame(shown, expected) {
  const one = createHmac('sha256', 'same length').update(String(shown ?? '')).digest();
  const other = createHmac('sha256', 'same length').update(expected).digest();
  return timingSafeEqual(one, other);
}

/** True when token and signature (Standard Webhooks) are right and the request is not old. */
function provesItself(headers, content) {
  return isSame(headers['my-super-secret-token'], TOKEN) && (SECRET === '' || isSigned(headers, content));
}

function isSigned(headers, content) {
  const timestamp = headers['webhook-timestamp'] ?? '';
  const key = Buffer.from(SECRET.replace(/^whsec_/, ''), 'base64');
  const signed = createHmac('sha256', key).update(`${headers['webhook-id']}.${timestamp}.`).update(content);
  const expected = 'v1,' + signed.digest('base64');
  const isRight = (headers['webhook-signature'] ?? '')
    .split(' ')
    .map((shown) => isSame(shown, expected))
    .includes(true);
  return isRight && /^\d{1,12}$/.test(timestamp) && Math.abs(Date.now() / 1000 - timestamp) <= TOLERANCE_SECONDS;
}

/** The call log, in whatever format the webhook is set to; throws when there is none. */
function readLog(body) {
  const text = body.toString('utf8');
  const log = JSON.parse(text.trimStart().startsWith('{') ? text : new URLSearchParams(text).get('myoperator'));
  const inner = log.myoperator ?? log;
  return typeof inner === 'string' ? JSON.parse(inner) : inner;
}

/** What happened: kind, call, state or event, number, users. */
function describe(log, parameters) {
  if (log === null) {
    const get = (name) => parameters.get(name) ?? '';
    return ['parameters', get('uid'), get('state'), number(get('caller_number')), ''];
  }
  if ('event_type' in log) {
    // The second generation, of a source that tells as v2: the call is session_id, the rest is in payload.
    return ['event', log.session_id ?? '', log.event_type, number(log.customer_identifier), ''];
  }
  if ('_ai' in log) {
    const uid = (log._pm ?? []).find((entry) => entry.ky === 'ui')?.vl ?? '';
    return ['_dsp' in log ? 'disposition' : 'after-call', uid, log._su ?? '', number(log._cl), ''];
  }
  if (log.uid === undefined || log.call_state === undefined) {
    throw new Error('no call log');
  }
  // There is no _cr in an in-call log: the caller is clid_raw.
  return ['in-call', log.uid, log.call_state, number(log.clid_raw), users(log.users)];
}

/** The users with commas between, whether they came as a list, as a comma list, or as JSON in a text. */
function users(value) {
  const list = typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value;
  return Array.isArray(list) ? list.join(',') : String(list ?? '');
}

/** The number with its plus, which a sender that does not encode it turns into a space. */
function number(value) {
  return String(value ?? '').replace(/^ (?=\d+$)/, '+');
}

/** True when an event of this call should have come before this one and did not. */
function isGap(uid, headers) {
  const sequence = Number(headers['switchhook-sequence'] ?? 0);
  if (uid === '' || sequence === 0 || headers['switchhook-replay']) {
    return false;
  }
  const last = lastOfCall.get(uid);
  remember(lastOfCall, uid, Math.max(last ?? 0, sequence));
  const isMissed = last !== undefined && Number(headers['switchhook-previous'] ?? 0) > last;
  return isMissed || headers['switchhook-skipped'] !== undefined;
}

/** Writes one line. Real work belongs into a queue: the sender waits for the answer, 15 seconds at most. */
function work(id, what, headers) {
  const fields = [id, ...what, isGap(what[1], headers) ? 'gap' : 'ok'];
  // eslint-disable-next-line no-control-regex
  appendFileSync(CALLS, fields.map((field) => String(field).replace(/[\x00-\x1f\x7f]/g, ' ')).join('\t') + '\n');
}

/** The status to answer with, and words. */
function take(request, body) {
  const query = request.url.split('?').slice(1).join('?');
  // The bytes as they came: a signature is over bytes. A GET has no body: there the raw query is signed.
  if (!provesItself(request.headers, request.method === 'GET' ? query : body)) {
    // "Bad" with status 200 would count as delivered: only the status says no.
    return [401, 'This request does not prove who sent it.'];
  }
  let what;
  try {
    const log = request.method === 'GET' ? null : readLog(body);
    what = describe(log, new URLSearchParams(query));
  } catch {
    return [400, 'There is no call log.'];
  }
  const id = request.headers['webhook-id'] ?? '';
  if (id === '' || !ids.has(id)) {
    // Work, then remember: what fails is told again.
    work(id, what, request.headers);
    remember(ids, id, true);
  }
  return [200, 'OK'];
}

const server = createServer((request, response) => {
  const parts = [];
  let length = 0;
  request.on('data', (part) => {
    length += part.length;
    if (length <= BODY_BYTES_MAX) {
      parts.push(part);
    }
  });
  request.on('end', () => {
    let answer;
    try {
      answer = length > BODY_BYTES_MAX ? [413, 'Too large.'] : take(request, Buffer.concat(parts));
    } catch {
      answer = [500, 'This event could not be worked on.'];
    }
    response.writeHead(answer[0], { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(answer[1] + '\n');
  });
});

server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`Receiving at http://127.0.0.1:${server.address().port}/`);
});
