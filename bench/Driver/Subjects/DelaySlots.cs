using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>Has sessions wait: all slots of the engine <c>delay</c> are taken for a day.</summary>
internal static class DelaySlots
{
    private const int Slots = 4;

    public static async Task TakeAllDelaySlotsAsync(this Workplace place, string name, string address)
    {
        var load = await place.StartLoadAsync(name + "-blocker", address + "/api/v1/process-workflow", "blocker", 200, "\"sessionId\":");
        await new Subject(name, load, []).RunAsync(new(1, 0, 0, Slots));
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
    }
}
