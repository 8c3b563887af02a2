using BlueEdge;
using TextEngines;

namespace Words;

/// <summary>What Program.cs of an engine host holds.</summary>
internal static class WordHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = EngineSilo.CreateBuilder(args);
        builder.AddEngine<WordCountEngine>();
        return await builder.RunAsync();
    }
}
