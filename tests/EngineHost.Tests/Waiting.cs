namespace BlueEdge.EngineHost.Tests;

/// <summary>Waits for what a test expects, with a limit whose message says what was missing.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task OrFail(this Task task, string missing)
    {
        try
        {
            await task.WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Assert.Fail($"Missing after {Limit.TotalSeconds} s: {missing}.");
        }
    }

    public static async Task<T> OrFail<T>(this Task<T> task, string missing)
    {
        await ((Task)task).OrFail(missing);
        return await task;
    }
}
