namespace BlueEdge.Samples.Demo;

/// <summary>What was typed: <c>--root FOLDER [--address GATEWAY] [--once] [PDF]</c>.</summary>
/// <param name="Root">The project's root folder.</param>
/// <param name="Address">A running gateway, or <see langword="null"/> to start the embedded mode.</param>
/// <param name="Once">Whether to end after the session.</param>
/// <param name="Pdf">The scanned document.</param>
internal sealed record DemoArguments(string Root, Uri? Address, bool Once, string Pdf)
{
    /// <summary>The arguments, or <see langword="null"/> where they make no sense.</summary>
    public static DemoArguments? TryParse(string[] args)
    {
        string? root = null, pdf = null;
        Uri? address = null;
        var once = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--root" when i + 1 < args.Length:
                    root = args[++i];
                    break;
                case "--address" when i + 1 < args.Length && Uri.TryCreate(args[i + 1], UriKind.Absolute, out var gateway):
                    address = gateway;
                    i++;
                    break;
                case "--once":
                    once = true;
                    break;
                case var path when pdf is null && !path.StartsWith('-'):
                    pdf = path;
                    break;
                default:
                    return null;
            }
        }

        return root is null ? null : new(root, address, once, pdf ?? Path.Combine(root, "samples", "data", "scanned.pdf"));
    }
}
