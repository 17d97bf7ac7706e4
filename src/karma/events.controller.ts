import { Body, Controller, HttpCode, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../platform/http/problem';
import { Metrics } from '../platform/metrics';
import { type EventResult, type EventsAnswer, eventsAnswerSchema, MAX_EVENTS } from './event.schema';
import { readEvents } from './read-events';
import { RecordKarma } from './record-karma';
import { SourceGuard, CallingSource } from './source.guard';
import type { LiveKey } from './source-keys';

const eventReference = { $ref: '#/components/schemas/KarmaEvent' };

/** The door for karma. Events are committed when the answer is sent; nothing here waits for the queue. */
@ApiTags('karma')
@ApiBearerAuth('source')
@UseGuards(SourceGuard)
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly recordKarma: RecordKarma,
    private readonly metrics: Metrics,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Post one karma event, or up to 1000 of them' })
  @ApiBody({
    schema: {
      oneOf: [eventReference, { type: 'array', items: eventReference, minItems: 1, maxItems: MAX_EVENTS }],
    },
  })
  @ApiOkResponse({
    standardSchema: eventsAnswerSchema,
    description: 'At least one event is counted, now or earlier',
  })
  @ApiResponse({ status: 422, standardSchema: problemSchema, description: 'Nothing in it was acceptable' })
  async post(
    @CallingSource() source: LiveKey,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventsAnswer> {
    const read = readEvents(body);
    const events = read.flatMap((entry) => ('event' in entry ? [entry.event] : []));
    const recorded = events.length > 0 ? await this.recordKarma.record(source.sourceId, events) : [];
    let next = 0;
    const results = read.map((entry, index): EventResult => {
      if ('refused' in entry) return entry.refused;
      return { index, id: entry.event.id, ...recorded[next++]! };
    });
    const answer = summarize(results);
    this.count(answer);
    if (answer.rejected < results.length) return answer;
    void reply.status(422).type(PROBLEM_MEDIA_TYPE);
    return { ...nothingAccepted(results), ...answer };
  }

  private count({ accepted, duplicates, rejected }: EventsAnswer): void {
    if (accepted) this.metrics.eventsRecorded.inc({ status: 'accepted' }, accepted);
    if (duplicates) this.metrics.eventsRecorded.inc({ status: 'duplicate' }, duplicates);
    if (rejected) this.metrics.eventsRecorded.inc({ status: 'rejected' }, rejected);
  }
}

function summarize(results: EventResult[]): EventsAnswer {
  let accepted = 0;
  let duplicates = 0;
  for (const { status } of results) {
    if (status === 'accepted') accepted += 1;
    else if (status === 'duplicate') duplicates += 1;
  }
  return { accepted, duplicates, rejected: results.length - accepted - duplicates, results };
}

function nothingAccepted(results: EventResult[]): object {
  return {
    type: 'urn:karmagate:nothing-accepted',
    title: 'Unprocessable Entity',
    status: 422,
    detail: `None of the events could be counted; the first: ${results[0]?.error?.detail ?? 'it was refused.'}`,
  };
}
