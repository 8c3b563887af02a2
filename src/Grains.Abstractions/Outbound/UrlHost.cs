namespace BlueEdge.Outbound;

/// <summary>The host of an address as it is looked up.</summary>
public static class UrlHost
{
    /// <summary>In ASCII, without brackets around an IPv6 address; <see langword="null"/> where it has characters that no host has.</summary>
    public static string? Of(Uri url)
    {
        try
        {
            return url.IdnHost;
        }
        catch (UriFormatException)
        {
            // Uri takes what IDN does not, and says so only here.
            return null;
        }
    }
}
