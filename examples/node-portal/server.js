// A portal's endpoint: what is typed in is checked, a family is decided, a night's batch runs off the main thread.
import Fastify from 'fastify';
import bansos, { BansosError } from 'bansos';

/** The server; `today` comes in, so that answers can be tested. */
export function portal({ today = () => new Date().toISOString().slice(0, 10), logger = false } = {}) {
  const app = Fastify({ logger, bodyLimit: 16 * 1024 * 1024 });

  // one form of error for every client: 422 with code, place and both sentences, never the value
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof BansosError) {
      const { code, path, params, messages } = error;
      return reply.code(422).send({ code, path, params, messages });
    }
    request.log.error(error);
    return reply.code(error.statusCode ?? 500).send({ code: 'portal.fault' });
  });

  app.get('/version', () => bansos.version());

  app.post('/periksa', ({ body }) => {
    const { nik, ...declared } = body ?? {};
    const seen = bansos.nik.examine(nik, { asOf: today(), declared });
    return { valid: seen.valid, region: seen.region?.fullName ?? null, findings: seen.findings };
  });

  app.post('/kelayakan/:programme', ({ params, body }) =>
    bansos.eligibility.determine(params.programme, { date: today(), family: body }),
  );

  app.post('/malam/nik', async ({ body }) => {
    const answers = await bansos.batch('nik.examine', body.map((nik) => ({ nik, asOf: today() })));
    return answers.map((a) => (a instanceof BansosError ? { code: a.code } : { class: a.class }));
  });

  return app;
}

if (process.argv[1] === import.meta.filename) {
  await portal({ logger: true }).listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
}
