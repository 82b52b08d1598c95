// The verivali ledger in a portal's own database: the rows of `bansos verivali`, so that any program may write beside another.
// What may be written, and its place in the chain, bansos says; the database keeps two from writing in the same place.
import bansos from 'bansos';

/** What differs between databases. `?` stands for a parameter. */
export const DIALECTS = {
  // immediate: who reads the end of the chain is the one who writes behind it
  sqlite: { begin: 'begin immediate', place: 'integer primary key', lock: '', first: 'on conflict do nothing' },
  postgres: {
    begin: 'begin',
    place: 'bigint generated always as identity primary key',
    lock: 'for update',
    first: 'on conflict do nothing',
  },
  mysql: {
    begin: 'start transaction',
    place: 'bigint auto_increment primary key',
    lock: 'for update',
    // not `insert ignore`: two that only share the row's lock would wait for each other
    first: 'on duplicate key update number = number',
  },
};

/** The tables; `event` holds the event whole, the columns beside it are copies to look things up by. */
export const schema = ({ place }) => [
  `create table if not exists event (place ${place}, hash varchar(64) not null unique, origin varchar(64) not null,
     number bigint not null, kind varchar(16) not null, subject varchar(64) not null, event text not null)`,
  `create table if not exists mark (origin varchar(64) primary key, number bigint not null, hash varchar(64) not null)`,
];

/** One append as the statements of one transaction: give each one's rows to `next`. Nothing is kept where it is refused. */
function* appending({ begin, lock, first }, origin, entry) {
  const { kind, id } = entry.subject;
  yield [begin, []];
  // a row to hold on to, also before the first event
  yield [`insert into mark (origin, number, hash) values (?, 0, '') ${first}`, [origin]];
  const [mark] = yield [`select number, hash from mark where origin = ? ${lock}`, [origin]];
  const story = yield ['select event from event where subject = ? and kind = ?', [id, kind]];
  const head = Number(mark.number) ? { origin, number: Number(mark.number), hash: mark.hash } : null;
  const answer = bansos.verivali.append(origin, { head, story: story.map((row) => JSON.parse(row.event)), entry });
  if (answer.event) {
    const { event, head } = answer;
    yield [
      'insert into event (hash, origin, number, kind, subject, event) values (?, ?, ?, ?, ?, ?)',
      [event.hash, origin, event.number, kind, id, JSON.stringify(event)],
    ];
    yield ['update mark set number = ?, hash = ? where origin = ?', [head.number, head.hash, origin]];
  }
  yield [answer.event ? 'commit' : 'rollback', []];
  return answer;
}

/** A ledger in SQLite, by a driver with better-sqlite3's functions. */
export function sqliteLedger(database, origin) {
  const run = (sql, parameters) => {
    if (sql.startsWith('select')) return database.prepare(sql).all(...parameters);
    if (parameters.length) database.prepare(sql).run(...parameters);
    else database.exec(sql);
    return [];
  };
  // others are waited for; a commit is on the disk when it returns, and readers do not wait for writers
  for (const pragma of ['busy_timeout = 60000', 'journal_mode = wal', 'synchronous = full']) database.exec(`pragma ${pragma}`);
  for (const table of schema(DIALECTS.sqlite)) database.exec(table);
  return {
    append(entry) {
      const steps = appending(DIALECTS.sqlite, origin, entry);
      try {
        let step = steps.next();
        while (!step.done) step = steps.next(run(...step.value));
        return step.value;
      } catch (error) {
        if (database.inTransaction) database.exec('rollback');
        throw error;
      }
    },
    events: () => run('select event from event order by place', []).map((row) => JSON.parse(row.event)),
    marks: () => run('select origin, number, hash from mark', []),
  };
}

/**
 * A ledger in PostgreSQL or MySQL. `connect` gives a connection of its own for each transaction, with `query(sql, parameters)` that
 * resolves to rows, and `release()`: a few lines over `pg`'s or `mysql2`'s pool.
 */
export function serverLedger(dialect, connect, origin) {
  const numbered = (sql) => {
    let count = 0;
    return dialect === 'postgres' ? sql.replaceAll('?', () => `$${++count}`) : sql;
  };
  const on = async (work) => {
    const connection = await connect();
    try {
      return await work((sql, parameters) => connection.query(numbered(sql), parameters));
    } finally {
      await connection.release();
    }
  };
  return {
    create: () => on(async (query) => { for (const table of schema(DIALECTS[dialect])) await query(table, []); }),
    append: (entry) =>
      on(async (query) => {
        const steps = appending(DIALECTS[dialect], origin, entry);
        try {
          let step = steps.next();
          while (!step.done) step = steps.next(await query(...step.value));
          return step.value;
        } catch (error) {
          await query('rollback', []);
          throw error;
        }
      }),
    events: () => on(async (query) => (await query('select event from event order by place', [])).map((row) => JSON.parse(row.event))),
    marks: () =>
      on(async (query) => (await query('select origin, number, hash from mark', [])).map((m) => ({ ...m, number: Number(m.number) }))),
  };
}
