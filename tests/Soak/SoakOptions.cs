using System.Globalization;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak;

/// <summary>How a run is to be.</summary>
internal sealed record SoakOptions
{
    public double Minutes { get; private init; } = 10;

    public int Seed { get; private init; } = Random.Shared.Next(1, 100_000);

    public bool IsEmbedded { get; private init; }

    /// <summary>Sessions a second.</summary>
    public double Rate { get; private init; } = 8;

    /// <summary>The folder of data and logs.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>The project's root folder.</summary>
    public string Root { get; private init; } = "";

    /// <summary>The root folder of a former build, where the run is an update from it instead of faults.</summary>
    public string? Former { get; private init; }

    /// <summary>The order of an update.</summary>
    public IReadOnlyList<string> UpdateOrder { get; private init; } = ["silo", "host", "gateway", "embedded"];

    /// <summary>Whether there are no faults, which tells what the load alone does.</summary>
    public bool IsCalm { get; private init; }

    public SoakLimits Limits { get; private init; } = new();

    /// <exception cref="FormatException">An argument is none.</exception>
    public static SoakOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new SoakOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--embedded" => options with { IsEmbedded = true },
                "--calm" => options with { IsCalm = true },
                "--minutes" => options with { Minutes = Number(arguments, ++i) },
                "--seed" => options with { Seed = (int)Number(arguments, ++i) },
                "--rate" => options with { Rate = Number(arguments, ++i) },
                "--gap" => options with { Limits = options.Limits with { Gap = TimeSpan.FromSeconds(Number(arguments, ++i)) } },
                "--retention" => options with { Limits = options.Limits with { Retention = TimeSpan.FromSeconds(Number(arguments, ++i)) } },
                "--memory" => options with { Limits = options.Limits with { Memory = (long)Number(arguments, ++i) << 20 } },
                "--dir" => options with { Folder = Path.GetFullPath(Text(arguments, ++i)) },
                "--former" => options with { Former = Path.GetFullPath(Text(arguments, ++i)) },
                "--silos-last" => options with { UpdateOrder = ["gateway", "host", "silo", "embedded"] },
                "--root" => options with { Root = Path.GetFullPath(Text(arguments, ++i)) },
                _ => throw new FormatException($"There is no '{name}'. Run scripts/soak --help."),
            };
        }

        return options;
    }

    private static string Text(ReadOnlySpan<string> arguments, int index) =>
        index < arguments.Length ? arguments[index] : throw new FormatException($"{arguments[index - 1]} wants a value.");

    private static double Number(ReadOnlySpan<string> arguments, int index) =>
        double.TryParse(Text(arguments, index), CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{arguments[index - 1]} wants a number above 0, and was given '{arguments[index]}'.");
}
