using System.Text.Json;
using BlueEdge.Engines;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Engines;

/// <summary>Registers engines before any instance of them runs, and has them forgotten.</summary>
internal sealed class EngineRegistrations(EngineDirectory engines, CallBudgets budgets, IOptions<SessionLimits> limits, TimeProvider time)
{
    public async Task<IResult> ReadAsync(string engineId, CancellationToken cancellationToken) =>
        (await engines.ListAsync(cancellationToken)).FirstOrDefault(engine => string.Equals(engine.Definition.Id, engineId, StringComparison.Ordinal)) is { } engine
            ? Tell(EngineResponse.From(engine, time.GetUtcNow()), StatusCodes.Status200OK)
            : Unknown(engineId);

    public async Task<IResult> PutAsync(string engineId, HttpContext http)
    {
        var (definition, refusal) = await ReadBodyAsync(engineId, http);
        if (definition is null)
        {
            return refusal ?? throw new BlueEdgeException("A body was neither read nor refused.");
        }

        var result = await engines.RegisterAsync(definition, http.RequestAborted);
        return result switch
        {
            { Outcome: RegisterOutcome.Invalid } => ErrorAnswer.Invalid([.. result.Faults.Select(ErrorItem.From)], result.FurtherFaults),
            { Outcome: RegisterOutcome.Conflict, Engine: { } running } => new ErrorAnswer(
                StatusCodes.Status409Conflict,
                $"Engine '{engineId}' runs on {running.Instances.Length} instances with another definition (version {Shown.Short(running.Definition.Version)}), and what runs counts: register what they declare, or end them first."),
            { Outcome: RegisterOutcome.Full } => new ErrorAnswer(
                StatusCodes.Status409Conflict, $"Engine '{engineId}' is one more than are allowed: raise BlueEdge:Scheduling:MostEngines of the core silos, or register it under an id that is known."),
            { Engine: { } engine } => Tell(
                EngineResponse.From(engine, time.GetUtcNow()), result.Outcome is RegisterOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK),
            _ => throw new BlueEdgeException($"Engine '{engineId}' was registered without a snapshot."),
        };
    }

    public async Task<IResult> DeleteAsync(string engineId, CancellationToken cancellationToken) =>
        (EngineValidator.IsId(engineId) ? await engines.UnregisterAsync(engineId, cancellationToken) : UnregisterOutcome.Unknown) switch
        {
            UnregisterOutcome.Removed => TypedResults.Json(new EngineRemovedResponse(), AnswerJson.Context.EngineRemovedResponse),
            UnregisterOutcome.InUse => new ErrorAnswer(
                StatusCodes.Status409Conflict,
                $"Engine '{engineId}' is in use: end its instances, and wait for or stop the sessions that wait for it or use it (GET {ApiRoutes.Prefix}/engines/{engineId} counts them)."),
            _ => Unknown(engineId),
        };

    private async Task<(EngineDefinition? Definition, ErrorAnswer? Refusal)> ReadBodyAsync(string engineId, HttpContext http)
    {
        using ByteLease lease = new(budgets.Bodies);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, limits.Value.BodyBytes, lease);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        BodyFaults form = new();
        EngineDefinition definition;
        try
        {
            definition = EngineReader.Read(body.Span, engineId, form);
        }
        catch (JsonException exception)
        {
            return (null, JsonBody.Malformed(exception));
        }

        var (read, found) = (form.ToList(), EngineValidator.Validate(definition));
        FaultPlaces unread = new(read.Listed);
        List<ErrorItem> errors = [.. read.Listed.Select(ErrorItem.From), .. found.Listed.Select(ErrorItem.From).Where(error => !unread.Explain(error))];
        return errors is [] ? (definition, null) : (null, ErrorAnswer.Invalid(errors, read.Further + found.Further));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<EngineAnswer> Tell(EngineResponse engine, int statusCode) =>
        TypedResults.Json(new EngineAnswer { Data = engine }, AnswerJson.Context.EngineAnswer, statusCode: statusCode);

    private static ErrorAnswer Unknown(string engineId) =>
        new(StatusCodes.Status404NotFound, $"There is no engine '{Shown.Short(engineId)}'. Start an instance of it, or register it (PUT).");
}
