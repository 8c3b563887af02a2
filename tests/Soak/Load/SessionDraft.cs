using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>What sessions of all kinds have in common: retries, keys, waits and ranks, as chance has it.</summary>
internal sealed class SessionDraft(int seed, int number, Random random)
{
    public const string SingleEngine = "process-single-engine";
    public const string Workflow = "process-workflow";

    /// <summary>More than faults take of any session.</summary>
    private const int ManyRetries = 30;

    public int Number => number;

    public Random Random => random;

    /// <summary>One of a session's items, which no other session has.</summary>
    public string ItemJson(int index) => string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{number}},"i":{{index}}}""");

    /// <summary>A large one.</summary>
    public string LargeItemJson(int index, int bytes) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{number}},"i":{{index}},"filling":"{{new string((char)('a' + (index % 26)), bytes)}}"}""");

    /// <summary>A name that tells which session its node is of.</summary>
    public string NodeName(int index) => string.Create(CultureInfo.InvariantCulture, $"n{number}-{index}");

    /// <param name="kind">What it is.</param>
    /// <param name="route">Where it is submitted.</param>
    /// <param name="body">The submission, without what this adds.</param>
    /// <param name="expected">How it is to end.</param>
    /// <param name="retries">Attempts after the first; by chance many or none where not given.</param>
    /// <param name="stopAfter">When it is stopped.</param>
    public PlannedSession Finish(string kind, string route, JsonObject body, ExpectedEnd expected, int? retries = null, TimeSpan? stopAfter = null)
    {
        var attempts = retries ?? (random.Next(10) < 7 ? ManyRetries : 0);
        var wait = stopAfter is null && random.Next(10) < 3 ? random.Next(1, 8) : 0;

        // What is to be stopped is sent until its id is known.
        var isKeyed = stopAfter is not null || random.Next(2) == 0;
        if (attempts > 0)
        {
            body["retry"] = new JsonObject { ["attempts"] = attempts, ["backoffSeconds"] = 0.2 };
        }

        if (wait > 0)
        {
            body["waitTimeSecond"] = wait;
        }

        if (random.Next(4) == 0)
        {
            body["rank"] = random.Next(-5, 6);
        }

        return new()
        {
            Number = number,
            Kind = kind,
            Route = route,
            Body = body.ToJsonString(JsonSerializerOptions.Default),
            Expected = expected,
            Retries = attempts,
            StopAfter = stopAfter,
            WaitSeconds = wait,
            Key = isKeyed ? string.Create(CultureInfo.InvariantCulture, $"soak-{seed}-{number}") : null,
            IsSentTwice = isKeyed && random.Next(4) == 0,
        };
    }
}
