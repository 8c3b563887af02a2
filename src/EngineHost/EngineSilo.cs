namespace BlueEdge;

/// <summary>
/// An engine host: a process that runs engines for a cluster.
/// <code>
/// var builder = EngineSilo.CreateBuilder(args);
/// builder.AddEngine&lt;HelloEngine&gt;();
/// return await builder.RunAsync();
/// </code>
/// </summary>
public static class EngineSilo
{
    /// <summary>
    /// Begins an engine host. It finds its cluster by <c>BlueEdge:Redis</c> and <c>BlueEdge:Cluster</c>, from the environment,
    /// the arguments, or any other source of configuration.
    /// </summary>
    public static EngineSiloBuilder CreateBuilder(string[] args) => new(args);
}
