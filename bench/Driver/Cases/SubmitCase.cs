using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>How many submissions a second.</summary>
internal sealed class SubmitCase : ICase
{
    public string Name => "submit";

    public string Description =>
        "Durable submissions without waiting, 50 in flight, of sessions of three nodes that wait for slots, so that nothing else is measured; against raw Kestrel that reads the same JSON and does one write to the same embedded store, committed before it answers.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var (silo, address) = await place.StartSiloAsync();
        await place.TakeAllDelaySlotsAsync("blueedge", address);
        var ours = new Subject(
            BlueEdgeSilo.Name, await place.StartLoadAsync("blueedge", address + "/api/v1/process-workflow", "waiting", 200, "\"status\":\"success\"", "\"sessionId\":"), [silo]);
        var kestrel = await place.StartKestrelAsync();
        var turns = await place.TakeTurnsAsync(50, ours, kestrel);
        return
        [
            Figure.Of("submissions/s at 50 in flight, against raw Kestrel with one write", new(0.25, IsAtLeast: true, Stretch: 0.5), turns[ours].Select(turn => turn.Load.PerSecond), turns[kestrel].Select(turn => turn.Load.PerSecond)),
            Figure.Of("p50 ms at 50 in flight", null, turns[ours].Select(turn => turn.Load.P50), turns[kestrel].Select(turn => turn.Load.P50)),
            Figure.Of("servers' CPU ms a submission", null, turns[ours].Select(turn => turn.CpuMillisecondsEach), turns[kestrel].Select(turn => turn.CpuMillisecondsEach)),
        ];
    }
}
