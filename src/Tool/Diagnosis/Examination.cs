using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Diagnosis;

/// <summary>Looks at a server from outside, one thing after another, as far as it gets.</summary>
internal sealed class Examination(ToolCall call)
{
    /// <summary>A server that takes longer to say whether it is ready is not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The server tells its time in whole seconds.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(2);

    private readonly List<Finding> _findings = [];

    public async Task<List<Finding>> MakeAsync()
    {
        _findings.Add(Finding.Ok("tool", $"blueedge {ToolVersion.Short}, .NET {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}"));
        if (await LookAtServerAsync() && await LookAtApiAsync())
        {
            await LookAtEnginesAsync();
        }

        return _findings;
    }

    /// <summary>Whether there is anything at the address.</summary>
    private async Task<bool> LookAtServerAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(call.Token);
        patience.CancelAfter(Patience);
        try
        {
            var (sent, began) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());
            using var ready = await call.Api.Connection.ProbeAsync("health/ready", patience.Token);
            var took = TimeProvider.System.GetElapsedTime(began);
            _findings.Add(Finding.Ok("server", string.Create(CultureInfo.InvariantCulture, $"{call.Server} answers, within {took.TotalMilliseconds:0} ms")));
            await LookAtReadinessAsync(ready, patience.Token);
            LookAtClock(ready.Headers.Date, sent + (took / 2));
            return true;
        }
        catch (HttpRequestException exception)
        {
            _findings.Add(Finding.Problem("server", Answers.Unreachable(call.Server, exception).Message));
        }
        catch (OperationCanceledException) when (!call.Token.IsCancellationRequested)
        {
            _findings.Add(Finding.Problem("server", $"{call.Server} takes the connection and does not answer within {Patience.TotalSeconds} s: look at its log."));
        }

        return false;
    }

    private async Task LookAtReadinessAsync(HttpResponseMessage ready, CancellationToken cancellationToken)
    {
        var said = (await ready.Content.ReadAsStringAsync(cancellationToken)).Trim();
        _findings.Add(ready.IsSuccessStatusCode
            ? Finding.Ok("ready", "It takes sessions.")
            : Finding.Problem("ready", $"It does not take sessions now: {(said.Length is > 0 and < 2_000 ? said.ReplaceLineEndings("; ") : $"it answers {(int)ready.StatusCode}")}"));
    }

    private void LookAtClock(DateTimeOffset? server, DateTimeOffset here)
    {
        if (server is not { } there)
        {
            return;
        }

        var difference = there - here;
        _findings.Add(difference.Duration() <= SameTime
            ? Finding.Ok("clock", "The server's is ours, to the seconds that it tells.")
            : Finding.Warning("clock", string.Create(CultureInfo.InvariantCulture, $"The server's is {difference.Duration().TotalSeconds:0} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} ours: times in tables are the server's.")));
    }

    /// <summary>Whether it is BlueEdge, and which.</summary>
    private async Task<bool> LookAtApiAsync()
    {
        try
        {
            using var response = await call.Api.Connection.ProbeAsync("openapi/v1.json", call.Token);
            await using var content = await response.Content.ReadAsStreamAsync(call.Token);
            var document = await JsonSerializer.DeserializeAsync(content, ApiJson.Default.JsonElement, call.Token);
            var info = document.GetProperty("info");
            _findings.Add(Finding.Ok("api", $"{info.GetProperty("title").GetString()} {info.GetProperty("version").GetString()}, described at {call.Server}docs"));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or KeyNotFoundException or InvalidOperationException)
        {
            _findings.Add(Finding.Problem("api", $"{call.Server} is no BlueEdge server, or something stands between: is --server (BLUEEDGE_SERVER) right?"));
            return false;
        }
    }

    private async Task LookAtEnginesAsync()
    {
        try
        {
            var engines = (await call.Api.ListEnginesAsync(call.Token)).Deserialize(ApiJson.Default.ListEngineInfo) ?? [];
            if (engines.Count == 0)
            {
                _findings.Add(Finding.Warning("engines", "None ever joined: start an engine host."));
            }

            _findings.AddRange(engines.Select(Describe));
        }
        catch (ToolException exception)
        {
            _findings.Add(Finding.Problem("engines", exception.Message));
        }
    }

    private static Finding Describe(EngineInfo engine)
    {
        var free = engine.Instances.Sum(instance => instance.Free);
        var detail = $"version {engine.Version}; instances: {engine.Instances.Count}; free slots: {free}; waiting: {engine.Waiting}";
        return engine.Instances.Count == 0
            ? Finding.Warning($"engine {engine.Id}", $"{detail}: no instance runs, and sessions that need it wait.")
            : Finding.Ok($"engine {engine.Id}", detail);
    }
}
