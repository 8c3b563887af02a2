using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Channels.Inputs;

/// <summary>Takes what clients write to its channel, and tells them what became of it.</summary>
internal sealed class ChannelWrites(SessionClient sessions, CallBudgets budgets, GatewayQuotas quotas, IOptions<SessionLimits> limits)
{
    private const string AgainSoon = "1";

    public async Task<IResult> WriteAsync(ChannelKey key, HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var (writer, sequence) = (ReadWriter(query), query.Integer("sequence", 0, long.MaxValue));
        if (query.Errors is not [])
        {
            return ErrorAnswer.Invalid(query.Errors);
        }

        if (writer is null != sequence is null)
        {
            var missing = writer is null ? "writer" : "sequence";
            return ErrorAnswer.Invalid([new() { Pointer = $"?{missing}", Code = FaultCodes.Required, Message = "writer and sequence belong together: give both, or neither." }]);
        }

        if (!SessionIds.IsValid(key.SessionId) || await sessions.FindInputAsync(key, http.RequestAborted) is not { } input)
        {
            return Unknown(key);
        }

        var contentType = http.Request.ContentType;
        if (!BodyEncoding.IsPlain(http.Request) || !ItemReader.Takes(input.Type, contentType))
        {
            return new ErrorAnswer(
                StatusCodes.Status415UnsupportedMediaType, "The body has to be the item itself, not compressed; of a JSON channel application/json, or application/x-ndjson for many.");
        }

        using ByteLease lease = new(budgets.Bodies);
        var most = ItemReader.IsLines(contentType) ? limits.Value.BodyBytes : limits.Value.InlinePayloadBytes;
        if (await RequestBody.ReadAsync(http.Request, most, lease) is not { } body)
        {
            return new ErrorAnswer(StatusCodes.Status413PayloadTooLarge, $"The body has more than {most} bytes: upload what is larger (POST /api/v1/blobs), and name it in a line of application/x-ndjson.");
        }

        if (quotas.OfCaller is { } quota)
        {
            await quota.TakePayloadAsync(body.Length);
        }

        var faults = new BodyFaults();
        var items = ItemReader.Read(body, contentType, input.Type, faults);
        if (!faults.Any && items.IsEmpty && writer is null)
        {
            faults.Add("", FaultCodes.Required, "The body has no item: each line is one. Only a writer with a name says that it is there.");
        }

        if (faults.Any)
        {
            var found = faults.ToList();
            return ErrorAnswer.Invalid([.. found.Listed.Select(ErrorItem.From)], found.Further);
        }

        // Without the caller's token: one that hangs up sends it again, and is told of it then.
        return Answer(key, writer, await sessions.WriteInputAsync(key, new() { Writer = writer, FirstSequence = sequence ?? 0, Items = items }, body.Length));
    }

    public async Task<IResult> EndAsync(ChannelKey key, HttpContext http)
    {
        var query = new QueryReader(http.Request.Query);
        var writer = ReadWriter(query);
        if (query.Errors is not [])
        {
            return ErrorAnswer.Invalid(query.Errors);
        }

        return SessionIds.IsValid(key.SessionId)
            ? Answer(key, writer, await sessions.WriteInputAsync(key, new() { Writer = writer, Ends = true }, bytes: 0))
            : Unknown(key);
    }

    private static string? ReadWriter(QueryReader query) => query.Text(
        "writer",
        text => text.Length <= InputWrite.WriterLength && !text.Any(char.IsControl),
        $"is no writer's name: it has at most {InputWrite.WriterLength} characters and no control characters");

    private static IResult Answer(ChannelKey key, string? writer, InputReply reply) => reply.Outcome switch
    {
        InputOutcome.Taken => TypedResults.Json(new InputResponse { Data = InputData.From(reply, writer) }, AnswerJson.Context.InputResponse),
        InputOutcome.NoRoom => new ErrorAnswer(
            StatusCodes.Status429TooManyRequests, $"The engines that read channel '{Shown.Short(key.Channel)}' are slower than what is written: nothing was taken; send the same again soon.")
        {
            RetryAfter = AgainSoon,
        },
        InputOutcome.Gap => new ErrorAnswer(
            StatusCodes.Status409Conflict, $"Items of writer '{Shown.Short(writer ?? "")}' are missing before these: send number {reply.NextSequence} first.")
        {
            NextSequence = reply.NextSequence,
        },
        InputOutcome.Ended => new ErrorAnswer(StatusCodes.Status409Conflict, $"Channel '{Shown.Short(key.Channel)}' has ended: nothing was taken."),
        InputOutcome.SessionOver => new ErrorAnswer(StatusCodes.Status410Gone, $"Session '{Shown.Short(key.SessionId)}' has ended, or is stopped: nothing was taken."),
        InputOutcome.Refused => ErrorAnswer.Invalid([new() { Pointer = "", Code = FaultCodes.NotAllowed, Message = reply.Reason ?? "The items are none that the channel takes." }]),
        _ => Unknown(key),
    };

    private static ErrorAnswer Unknown(ChannelKey key) => new(
        StatusCodes.Status404NotFound,
        $"Session '{Shown.Short(key.SessionId)}' has no channel '{Shown.Short(key.Channel)}' that clients write, or there is no such session, or none any more.");
}
