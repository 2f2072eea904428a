class Dmctl < Formula
  desc "Command-line client for TiDB Data Migration (DM)"
  homepage "{{homepage}}"
  version "{{version}}"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "{{url dmctl-darwin-arm64}}"
      sha256 "{{sha256 dmctl-darwin-arm64}}"
    end
    on_intel do
      url "{{url dmctl-darwin-x64}}"
      sha256 "{{sha256 dmctl-darwin-x64}}"
    end
  end

  on_linux do
    on_arm do
      url "{{url dmctl-linux-arm64}}"
      sha256 "{{sha256 dmctl-linux-arm64}}"
    end
    on_intel do
      url "{{url dmctl-linux-x64}}"
      sha256 "{{sha256 dmctl-linux-x64}}"
    end
  end

  resource "man" do
    url "{{url dmctl.1}}"
    sha256 "{{sha256 dmctl.1}}"
  end

  def install
    bin.install Dir["dmctl-*"].first => "dmctl"
    # A download is not executable, and the next line runs it.
    chmod 0755, bin/"dmctl"
    generate_completions_from_executable(bin/"dmctl", "completion", shells: [:bash, :zsh, :fish])
    resource("man").stage { man1.install "dmctl.1" }
  end

  test do
    assert_match "Release Version: v#{version}", shell_output("#{bin}/dmctl -V")
  end
end
