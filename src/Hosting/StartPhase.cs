namespace BlueEdge.Hosting;

/// <summary>Whether the process has started. Until then what goes wrong is said once, by <see cref="StartUp"/>.</summary>
internal static class StartPhase
{
    private static volatile bool _isOver;

    public static bool IsOver => _isOver;

    public static void End() => _isOver = true;
}
