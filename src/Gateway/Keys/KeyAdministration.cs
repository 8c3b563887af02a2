using System.Security.Cryptography;
using System.Text.Json;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Json;
using BlueEdge.Keys;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Keys;

/// <summary>Makes, lists and revokes keys. What is made counts at this gateway at once, and at others as soon as it is used there.</summary>
internal sealed class KeyAdministration(
    KeyClient client, KeyRing ring, CallBudgets budgets, IOptions<AuthOptions> auth, IOptions<SessionLimits> limits, TimeProvider time)
{
    private const int IdBytes = 8;

    public async Task<IResult> MakeAsync(HttpContext http)
    {
        if (!auth.Value.TakesKeys)
        {
            return Off();
        }

        var (order, refusal) = await ReadAsync(http);
        if (order is null)
        {
            return refusal ?? throw new BlueEdgeException("A body was neither read nor refused.");
        }

        var text = KeyText.Create();
        ApiKey key = new()
        {
            Id = $"key-{RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true)}",
            Hash = KeyHash.Of(text).ToString(),
            Name = order.Name,
            Tenant = order.Caller.NamedTenant,
            Roles = order.Roles,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = order.ExpiresAt,
        };
        if (await client.AddAsync(key) is KeyAddOutcome.Full)
        {
            return new ErrorAnswer(
                StatusCodes.Status409Conflict, $"There are {IKeyRegistryGrain.MostKeys} keys, which is all that may be: revoke one that nobody uses (GET {ApiRoutes.Prefix}/keys says when each was used last).");
        }

        AuditedCall.Tell(http, key.Id, StatusCodes.Status201Created);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new KeyResponse { Data = KeyData.From(key, text) }, AnswerJson.Context.KeyResponse, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> ListAsync(HttpContext http)
    {
        if (!auth.Value.TakesKeys)
        {
            return Off();
        }

        var list = await client.ListAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new KeysResponse { Data = new() { Keys = [.. (list.Keys ?? []).Select(key => KeyData.From(key))] } }, AnswerJson.Context.KeysResponse);
    }

    /// <summary>Here it is refused once this returns.</summary>
    public async Task<IResult> RevokeAsync(string id)
    {
        if (!auth.Value.TakesKeys)
        {
            return Off();
        }

        if (!await client.RevokeAsync(id))
        {
            return new ErrorAnswer(StatusCodes.Status404NotFound, $"There is no key '{Shown.Short(id)}', or none any more (GET {ApiRoutes.Prefix}/keys lists them; the bootstrap key is a setting).");
        }

        await ring.AskAsync(CancellationToken.None);
        return TypedResults.Json(new KeyRevokedResponse(), AnswerJson.Context.KeyRevokedResponse);
    }

    /// <summary>Where the API is open anybody could make a key for the day when it is not.</summary>
    private static ErrorAnswer Off() => new(StatusCodes.Status409Conflict, "Callers are not told apart by API keys here, and there are none: set BlueEdge:Auth:Mode=Keys.");

    private async Task<(KeyOrder? Order, ErrorAnswer? Refusal)> ReadAsync(HttpContext http)
    {
        using ByteLease lease = new(budgets.Bodies);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, limits.Value.BodyBytes, lease);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        BodyFaults faults = new();
        try
        {
            var order = KeyReader.Read(body.Span, time.GetUtcNow(), faults);
            var found = faults.ToList();
            return found.Listed is [] ? (order, null) : (null, ErrorAnswer.Invalid([.. found.Listed.Select(ErrorItem.From)], found.Further));
        }
        catch (JsonException exception)
        {
            return (null, JsonBody.Malformed(exception));
        }
    }
}
