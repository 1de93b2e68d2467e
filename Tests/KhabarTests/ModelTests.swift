import Khabar
import Testing
