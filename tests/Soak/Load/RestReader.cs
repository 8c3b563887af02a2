using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueEdge.Soak.History;
using BlueEdge.Soak.Parts;

namespace BlueEdge.Soak.Load;

/// <summary>Reads how things are when all has ended, through every gateway.</summary>
internal sealed partial class RestReader(IReadOnlyList<GatewayClient> gateways, IParts parts, Journal journal, TimeSpan retention)
{
    private const int ReadersAtOnce = 8;
    private static readonly string[] Statuses = ["pending", "queuing", "processing", "stopping", "finished", "failed", "canceled"];

    /// <summary>Longer than the minute after which a session is found that a silo saved before it heard that it was dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    [GeneratedRegex(@"\bn(?<number>\d+)-\d+\b|""n"":(?<number>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Number { get; }

    /// <summary>Looks at every session once more through each gateway, and then at the rest, until it is quiet or the patience is over.</summary>
    public async Task<Rest?> ReadAsync(CancellationToken cancellationToken)
    {
        await RereadAsync(journal.KnownIds, cancellationToken);
        Rest? rest = null;
        for (var began = journal.Now; journal.Now - began < Patience; await Task.Delay(Pause, TimeProvider.System, cancellationToken))
        {
            rest = await LookAsync(cancellationToken) ?? rest;
            if (rest is { NotReady.IsEmpty: true } && rest.Engines.All(engine => engine is { Waiting: 0, Working: 0, Busy: 0, Draining: 0 } && engine.Instances == rest.Instances)
                && rest.Lists.All(list => list.Status is "finished" or "failed" or "canceled" || list.SessionIds.IsEmpty))
            {
                break;
            }
        }

        var ends = journal.Ends; // Found anew each time that it is asked for.
        await RereadAsync(journal.KnownIds.Where(pair => !ends.ContainsKey(pair.Key)), cancellationToken);
        return rest is null ? null : rest with { Keys = [.. await RedisKeys.ReadAsync(parts.Redis)] };
    }

    private async Task RereadAsync(IEnumerable<KeyValuePair<string, int>> ids, CancellationToken cancellationToken)
    {
        var sessions = journal.Sessions.ToDictionary(session => session.Number);
        var ends = journal.Ends;
        var known = ids.Where(pair => !ends.TryGetValue(pair.Key, out var end) || end.Ended + retention > journal.Now);
        await Parallel.ForEachAsync(
            known.SelectMany(_ => gateways, (pair, gateway) => (Session: sessions[pair.Value], Id: pair.Key, Gateway: gateway)),
            new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = cancellationToken },
            async (look, token) => await look.Gateway.ReadAsync(look.Session, look.Id, 0, token));
    }

    private async Task<Rest?> LookAsync(CancellationToken cancellationToken)
    {
        var notReady = new List<string>();
        foreach (var part in parts.Names)
        {
            if (!parts.Runs(part))
            {
                notReady.Add($"{part} does not run");
            }
            else if (!await parts.IsReadyAsync(part))
            {
                notReady.Add($"{part} is not ready");
            }
        }

        var (engines, lists, strangers) = (new List<EngineAtRest>(), new List<ListedSessions>(), new Dictionary<string, StrangeSession>(StringComparer.Ordinal));
        foreach (var gateway in gateways)
        {
            if (await gateway.GetAsync("engines", cancellationToken) is not { } answer)
            {
                return null;
            }

            engines.AddRange(answer.GetProperty("data").GetProperty("engines").EnumerateArray().Select(engine => ReadEngine(gateway.Name, engine)));
            foreach (var status in Statuses)
            {
                if (await ListAsync(gateway, status, strangers, cancellationToken) is not { } list)
                {
                    return null;
                }

                lists.Add(list);
            }
        }

        return new()
        {
            At = journal.Now,
            Engines = [.. engines],
            Instances = parts.Hosts,
            Lists = [.. lists],
            Strangers = [.. await Task.WhenAll(strangers.Values.Select(stranger => IdentifyAsync(stranger, cancellationToken)))],
            NotReady = [.. notReady],
        };
    }

    private static EngineAtRest ReadEngine(string gateway, JsonElement engine)
    {
        var instances = engine.GetProperty("instances").EnumerateArray().ToList();
        return new(
            gateway,
            engine.GetProperty("id").GetString()!, // It has one.
            engine.GetProperty("waiting").GetInt32(),
            engine.GetProperty("working").GetInt32(),
            instances.Count,
            instances.Count(instance => instance.GetProperty("status").GetString() is "draining"),
            instances.Sum(instance => instance.GetProperty("busy").GetInt32()),
            instances.Sum(instance => instance.GetProperty("slots").GetInt32()),
            instances.Sum(instance => instance.GetProperty("free").GetInt32()));
    }

    private async Task<ListedSessions?> ListAsync(GatewayClient gateway, string status, Dictionary<string, StrangeSession> strangers, CancellationToken cancellationToken)
    {
        var known = journal.KnownIds;
        var ids = ImmutableArray.CreateBuilder<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            if (await gateway.GetAsync($"sessions?status={status}&limit=200{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken) is not { } answer)
            {
                return null;
            }

            var data = answer.GetProperty("data");
            foreach (var session in data.GetProperty("sessions").EnumerateArray())
            {
                var id = session.GetProperty("sessionId").GetString()!; // It has one.
                ids.Add(id);
                if (!known.ContainsKey(id))
                {
                    strangers[id] = new(id, null, session.GetProperty("process").GetProperty("submitted_at").GetDateTimeOffset() - journal.Began, status);
                }
            }

            cursor = data.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        return new(gateway.Name, status, ids.ToImmutable());
    }

    /// <summary>Its nodes' names, its items or its reason tell the number of the submission that it came of.</summary>
    private async Task<StrangeSession> IdentifyAsync(StrangeSession stranger, CancellationToken cancellationToken)
    {
        var answer = await gateways[0].GetAsync($"{SessionDraft.Workflow}/{stranger.SessionId}", cancellationToken);
        return answer is { } session && Number.Match(session.GetRawText()) is { Success: true } match
            ? stranger with { Session = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) }
            : stranger;
    }
}
