namespace BlueEdge.Silo.Tests.Processes;

/// <summary>What the core silo's program is made of: nothing that only other processes need.</summary>
public sealed class CoreSiloTests
{
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static readonly string[] Files =
    [
        .. Directory.EnumerateFiles(Path.Combine(Own.Parent!.Parent!.FullName, "CoreSilo", Own.Name), "*", SearchOption.AllDirectories) // artifacts/bin/PROJECT/release.
            .Select(Path.GetFileName).OfType<string>(),
    ];

    [Theory]
    [InlineData("Samples")]
    [InlineData("SkiaSharp")]
    [InlineData("Sqlite")]
    [InlineData("Gateway")]
    [InlineData("Scalar")]
    [InlineData("EngineHost")]
    [InlineData("Embedded")]
    public void It_carries_nothing_of(string what)
    {
        Assert.Contains("BlueEdge.CoreSilo.dll", Files);
        Assert.DoesNotContain(Files, file => file.Contains(what, StringComparison.OrdinalIgnoreCase));
    }
}
