namespace BlueEdge;

/// <summary>
/// A program with engines, which alone is all of BlueEdge, and on a cluster one of its engine hosts.
/// <code>
/// var builder = BlueEdgeApp.CreateBuilder(args);
/// builder.AddEngine&lt;HelloEngine&gt;();
/// return await builder.RunAsync();
/// </code>
/// </summary>
public static class BlueEdgeApp
{
    /// <summary>
    /// Begins a program. <c>BlueEdge:Mode</c>, from the environment, the arguments, or appsettings.json, says what it is: nothing, or
    /// <c>Embedded</c>, one process that needs no other, with REST, its reference at /docs, the dashboard at /dashboard, and a
    /// store in the folder <c>BlueEdge:DataPath</c>; <c>Host</c>, an engine host of the cluster that it finds by
    /// <c>BlueEdge:Redis</c> and <c>BlueEdge:Cluster</c>; <c>Cluster</c>, a core silo of it, which runs no engines.
    /// </summary>
    /// <param name="args">The command line.</param>
    public static BlueEdgeAppBuilder CreateBuilder(string[] args) => new(args);
}
