using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>What a session takes of memory.</summary>
internal sealed class MemoryCase : ICase
{
    public string Name => "memory";

    public string Description =>
        "What the memory of a core silo, an engine host (resident, after a forced full collection, with a nursery of 8 MB) and Redis (its own count) grows by for each session that waits, that runs (three nodes that hold their slots), or that has ended (three relays and their result). Absolute goals; there is no peer.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var cluster = await MemoryCluster.StartAsync(place);
        await place.TakeAllDelaySlotsAsync("memory", cluster.Address);
        var waiting = await StartLoadAsync("waiting", 200, "\"sessionId\":");
        var holding = await StartLoadAsync("holding", 200, "\"sessionId\":");
        var ended = await StartLoadAsync("relays", 200, "\"status\":\"finished\"");

        // Code, buffers and tables are there before anything is counted.
        foreach (var each in (Subject[])[waiting, holding, ended])
        {
            await each.RunAsync(new(50, 0, 0, 1_000));
        }

        var count = place.IsQuick ? 2_000 : 10_000;
        var before = await cluster.ReadAsync();
        List<Memory> waits = [], runs = [], ends = [];
        for (var round = 0; round < place.Rounds; round++)
        {
            waits.Add(await GrowthAsync(waiting, count));
            runs.Add(await GrowthAsync(holding, count / 4));
            ends.Add(await GrowthAsync(ended, count));
            Workplace.Say(FormattableString.Invariant($"round {round + 1}, bytes a session in silo, host, store: waiting {waits[^1]}, running {runs[^1]}, ended {ends[^1]}"));
        }

        return
        [
            Figure.Of("bytes of a core silo for a waiting session of three nodes", Most(200), waits.Select(each => (double)each.Silo)),
            Figure.Of("bytes of the store for a waiting session", Most(1024), waits.Select(each => (double)each.Store)),
            Figure.Of("bytes of silo and host for a running session of three nodes", Most(4096), runs.Select(each => (double)each.Silo + each.Host)),
            Figure.Of("bytes of the store for a running session", null, runs.Select(each => (double)each.Store)),
            Figure.Of("bytes of the store for an ended session", Most(1024), ends.Select(each => (double)each.Store)),
            Figure.Of("bytes of silo and host for a session just ended", null, ends.Select(each => (double)each.Silo + each.Host)),
        ];

        async Task<Subject> StartLoadAsync(string body, int status, params string[] expected) => new(
            body, await place.StartLoadAsync("memory-" + body, cluster.Address + "/api/v1/process-workflow", body, status, expected), []);

        async Task<Memory> GrowthAsync(Subject subject, int sessions)
        {
            await subject.RunAsync(new(50, 0, 0, sessions));
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            var after = await cluster.ReadAsync();
            var growth = new Memory((after.Silo - before.Silo) / sessions, (after.Host - before.Host) / sessions, (after.Store - before.Store) / sessions);
            before = after;
            return growth;
        }
    }

    private static Goal Most(double bytes) => new(bytes, IsAtLeast: false, IsOfOurs: true);
}
